using System.Collections.Concurrent;
using CoffeePayment.Engine.Calls;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// The calls that this node has sent to silos and that have no outcome yet. What was certainly not carried out is sent
/// again to wherever the grain lives then, until its caller gives up; what may have been carried out fails.
/// </summary>
internal sealed class OutgoingCalls(Node node)
{
    // With growing pauses, this is more than any response timeout allows: the caller's patience decides, not this.
    private const int AttemptsMax = 200;

    // About three seconds: what a silo that leaves still calls must not keep it.
    private const int AttemptsMaxAtTheEnd = 10;

    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(10);

    // Longer than clients wait. What was not answered until then will not be.
    private static readonly TimeSpan RelayTimeMax = TimeSpan.FromMinutes(10);

    // What the peer answered last may still be under way over the connection of the other direction.
    private static readonly TimeSpan LastAnswersTime = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<long, RemoteCall> _calls = new();
    private long _lastLook = node.Time.GetTimestamp();
    private int _relayed;

    public Node Node => node;

    public void Send(Request request, SiloAddress target)
    {
        // Nobody waits any more for what was held back too long.
        if (request.IsCompleted) return;
        ReadOnlyMemory<byte> body;
        try
        {
            body = request.EncodeArguments();
        }
        catch (Exception exception)
        {
            request.SetFailure(exception);
            request.Complete();
            return;
        }

        var method = request.Method;
        var call = new OwnCall(this, request) { Attempts = request.Remote?.Attempts ?? 0 };
        request.Remote = call;
        Send(call, method.IsOneWay ? MessageKind.OneWay : MessageKind.Request, request.Target, method.Id, target, body);
    }

    /// <summary>Passes a client's call on to the silo where its grain lives.</summary>
    public void Relay(Message message)
    {
        if (message.Kind == MessageKind.OneWay && node.HomeOf(message.Grain) is { } home)
        {
            node.Network.Send(Readdressed(message, home));
            return;
        }

        EndOldRelays();
        Interlocked.Increment(ref _relayed);
        Relay(new RelayedCall(this, message, node.Time.GetTimestamp()));
    }

    /// <summary>A client has its answer, or does not wait for it any longer.</summary>
    public void RelayEnded() => Interlocked.Decrement(ref _relayed);

    /// <summary>Waits until every client whose call was passed on has its answer.</summary>
    public async Task WhenRelayedAsync(CancellationToken cancellationToken)
    {
        while (Volatile.Read(ref _relayed) > 0) await Task.Delay(LookPeriod, node.Time, cancellationToken);
    }

    public void Relay(RelayedCall call)
    {
        var original = call.Original;
        if (node.HomeOf(original.Grain) is { } home)
        {
            Send(call, original.Kind, original.Grain, original.Method, home, original.Body);
        }
        else
        {
            // The grain has come to live here since.
            call.GiveUp();
            node.Receive(original);
        }
    }

    /// <summary>Takes a response, a failure or a rejection to the call that it belongs to.</summary>
    public void Receive(Message message)
    {
        if (!_calls.TryRemove(message.Id, out var call)) return;
        if (message.Kind == MessageKind.Rejection) Retry(call, message.ViewVersion);
        else call.Complete(message);
    }

    public void NotSent(Message message, Exception reason)
    {
        if (!_calls.TryRemove(message.Id, out var call)) return;
        if (reason is MessageTooLargeException) call.Fail(reason);
        else Retry(call, node.ViewVersion);
    }

    /// <summary>Nobody knows what became of the calls that were sent there.</summary>
    public void Disconnected(SiloAddress peer)
    {
        foreach (var call in _calls.Values)
        {
            if (call is RelayedCall relayed && relayed.Original.Sender.Equals(peer))
            {
                relayed.GiveUp();
                relayed.Forget();
            }
        }

        var lost = _calls.Where(call => peer.Equals(call.Value.Message?.Target)).ToList();
        if (lost.Count > 0) _ = node.Turns.Run(() => LoseAsync(peer, lost));
    }

    public void Remove(RemoteCall call)
    {
        if (call.Message is { } message) _calls.TryRemove(KeyValuePair.Create(message.Id, call));
    }

    public void Cancel(RemoteCall call)
    {
        if (call.Message is not { } message) return;
        node.Network.Send(new Message
        {
            Kind = MessageKind.Cancel,
            Id = message.Id,
            Sender = node.Address,
            Target = message.Target,
            Grain = message.Grain,
        });
    }

    /// <summary>The client has given up on its call.</summary>
    public void CancelRelayed(Message cancel)
    {
        foreach (var call in _calls.Values.OfType<RelayedCall>())
        {
            if (call.Original.Id != cancel.Id || !call.Original.Sender.Equals(cancel.Sender)) continue;
            Cancel(call);
            call.GiveUp();
            call.Forget();
        }
    }

    private void Send(
        RemoteCall call, MessageKind kind, GrainId grain, uint method, SiloAddress target, ReadOnlyMemory<byte> body)
    {
        var message = call.Message = new Message
        {
            Kind = kind,
            Id = node.NextId(),
            Sender = node.Address,
            Target = target,
            ViewVersion = node.ViewVersion,
            Grain = grain,
            Method = method,
            Body = body,
        };
        if (kind != MessageKind.OneWay) _calls[message.Id] = call;
        node.Network.Send(message);

        // It may have ended before it was listed.
        if (call.IsOver) call.Forget();
    }

    private async Task LoseAsync(SiloAddress peer, List<KeyValuePair<long, RemoteCall>> lost)
    {
        await Task.Delay(LastAnswersTime, node.Time);
        foreach (var call in lost.Where(call => _calls.TryRemove(call)))
        {
            call.Value.Fail(new SiloUnavailableException(
                $"Silo {peer} was lost while it carried out a call; the call may have been carried out."));
        }
    }

    // Looked for when another one comes: where none comes, there are not more of them either.
    private void EndOldRelays()
    {
        var (last, now) = (Volatile.Read(ref _lastLook), node.Time.GetTimestamp());
        if (node.Time.GetElapsedTime(last, now) < RelayTimeMax
            || Interlocked.CompareExchange(ref _lastLook, now, last) != last) return;

        foreach (var call in _calls.Values.OfType<RelayedCall>())
        {
            if (node.Time.GetElapsedTime(call.Since, now) < RelayTimeMax) continue;
            call.Forget();
            call.Fail(new TimeoutException($"Nothing came of a call that was passed on {RelayTimeMax} ago."));
        }
    }

    private void Retry(RemoteCall call, long minimumVersion)
    {
        if (call.IsOver) return;
        if (++call.Attempts > (node.IsEnding ? AttemptsMaxAtTheEnd : AttemptsMax))
            call.Refuse(new OrleansMessageRejectionException($"No silo took the call of grain {call.Message?.Grain}."));
        else
            _ = node.Turns.Run(() => RetryAsync(call, minimumVersion));
    }

    private async Task RetryAsync(RemoteCall call, long minimumVersion)
    {
        // The first time it is enough to know better; later, others may have to learn something first.
        var isKnown = minimumVersion <= node.ViewVersion;
        await node.RefreshAsync(minimumVersion);
        if (call.Attempts > 1 || isKnown)
        {
            var pause = PauseMin * Math.Min(call.Attempts, PauseMax / PauseMin);
            await Task.Delay(pause, node.Time);
        }

        if (!call.IsOver) call.SendAgain();
    }

    private Message Readdressed(Message message, SiloAddress target) => new()
    {
        Kind = message.Kind,
        Id = message.Id,
        Sender = node.Address,
        Target = target,
        ViewVersion = node.ViewVersion,
        Grain = message.Grain,
        Method = message.Method,
        Body = message.Body,
    };
}
