using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Scheduling;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clients;

/// <summary>
/// A client of the cluster: it has no grains, and calls those of the silos over their gateways, each by the gateway of
/// the silo that it lives on as far as the client knows.
/// </summary>
internal sealed class ClientNode : Node, ITransport
{
    public ClientNode(
        SiloAddress address, INetwork network, IExecutor executor, TimeProvider time, EngineLog log, ClientParts parts)
        : base(executor, time, log)
    {
        Address = address;
        Network = network;
        Gateways = new Gateways(this, parts.GatewayList, parts.Gateways.GatewayListRefreshPeriod);
        Caller = new Caller(this, parts.Messaging, time);
        GrainFactory = new GrainFactory(Caller, Gateways, parts.Services);
        Questions.Answer<Farewell, Noted>(Leave);
    }

    public override SiloAddress Address { get; }

    public override INetwork Network { get; }

    public override GrainFactory GrainFactory { get; }

    public Caller Caller { get; }

    public Gateways Gateways { get; }

    // A client does not follow the membership: its gateways do.
    public override long ViewVersion => long.MinValue;

    public override Task RefreshAsync(long minimumVersion) => Task.CompletedTask;

    public override SiloAddress? HomeOf(GrainId grainId) => Gateways.Towards(grainId);

    public override void Route(Request request) => Send(request);

    public void Send(Request request)
    {
        if (Gateways.Towards(request.Target) is { } gateway)
        {
            Outgoing.Send(request, gateway);
            return;
        }

        request.SetFailure(new SiloUnavailableException(
            $"There is no silo to carry out {request}: the client knows no gateway that answers."));
        request.Complete();
    }

    public void Reply(Request request) => throw new NotSupportedException("A client has no grains.");

    public void Cancel(Request request) => request.Remote?.Cancel();

    // Silos sign with their own addresses, clients know them by their gateways.
    public override SiloAddress AddressOf(SiloAddress sender) => Gateways.Of(sender) ?? sender;

    public override void NotSent(Message message, Exception reason)
    {
        // A message that is too large, or one too many, says nothing of the gateway.
        if (reason is not (MessageTooLargeException or PeerTooSlowException)) Gateways.Lost(message.Target);
        base.NotSent(message, reason);
    }

    public override void Disconnected(SiloAddress peer)
    {
        Gateways.Lost(peer);
        base.Disconnected(peer);
    }

    protected override void ReceiveCall(Message message) => Log.MessageLost(
        message.Kind, message.Target, new NotSupportedException("A client has no grains."));

    private ValueTask<Noted> Leave(SiloAddress gateway, Farewell farewell)
    {
        Gateways.Lost(gateway);
        return new(default(Noted));
    }
}
