using System.Collections.Concurrent;
using CoffeePayment.Engine.Hosting;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// The calls that other silos and clients make of grains on this silo. A call of a grain that does not live here is
/// rejected, so that its caller learns where it does; a client's is passed on.
/// </summary>
internal sealed class IncomingCalls(Silo silo)
{
    private readonly ConcurrentDictionary<(SiloAddress, long), IncomingCall> _cancellable = new();

    public void Receive(Message message)
    {
        if (silo.IsRunning && !silo.Fence.IsOpen)
            Hold(message);
        else if (message.ViewVersion > silo.View.Version && !message.Sender.IsClient)
            ReceiveOnceKnown(message);
        else
            Accept(message);
    }

    public void Cancel(Message message)
    {
        if (_cancellable.TryGetValue((message.Sender, message.Id), out var call)) call.Cancel();
        else if (message.Sender.IsClient) silo.Outgoing.CancelRelayed(message);
    }

    /// <summary>The call is not carried out here: its caller is to find out where it should be.</summary>
    public void TurnAway(Message message)
    {
        var livesElsewhere = silo.HomeOf(message.Grain) is not null;

        // Two silos that cannot agree would send what nobody waits for to and fro for ever.
        var knowsBetter = message.ViewVersion <= silo.View.Version;
        if (livesElsewhere && knowsBetter && (message.Kind == MessageKind.OneWay || message.Sender.IsClient))
            silo.Outgoing.Relay(message);
        else
            Answer(message, MessageKind.Rejection, default);
    }

    public void Answer(Message message, MessageKind kind, ReadOnlyMemory<byte> body)
    {
        if (message.Kind == MessageKind.OneWay)
        {
            if (kind != MessageKind.Response) silo.Log.OneWayLost(message.Grain, message.Sender);
            return;
        }

        silo.Network.Send(new Message
        {
            Kind = kind,
            Id = message.Id,
            Sender = silo.Address,
            Target = message.Sender,
            ViewVersion = silo.View.Version,
            Body = body,
        });
    }

    public void Remember(IncomingCall call) => _cancellable[call.Key] = call;

    public void Forget(IncomingCall call) => _cancellable.TryRemove(KeyValuePair.Create(call.Key, call));

    // Methods of their own: what they capture is allocated where a method begins, and most calls are accepted at once.
    private void Hold(Message message) => silo.Fence.Hold(() => Receive(message));

    private void ReceiveOnceKnown(Message message) => _ = silo.Turns.Run(async () =>
    {
        await silo.RefreshAsync(message.ViewVersion);
        Accept(message);
    });

    private void Accept(Message message)
    {
        if (!silo.IsRunning || silo.HomeOf(message.Grain) is not null)
        {
            TurnAway(message);
            return;
        }

        var call = new IncomingCall(silo, this, message);
        try
        {
            var method = silo.Methods.Find(message.Method);
            if (method is null || !silo.Classes.Get(message.Grain.Type).Type.IsAssignableTo(method.InterfaceType))
                throw new NotSupportedException($"Grain {message.Grain} has no method {message.Method:X8} on {silo}.");
            call.Request = method.Receive(call, message.Grain, message.Body, silo.GrainFactory);
        }
        catch (Exception exception)
        {
            Answer(message, MessageKind.Failure, Failures.Encode(exception));
            return;
        }

        call.Deliver();
    }
}
