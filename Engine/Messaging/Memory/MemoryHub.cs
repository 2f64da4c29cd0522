using CoffeePayment.Engine.Scheduling;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// Where the networks of one test cluster meet. Everything it tells a network runs on the executor, one thing at a time
/// for each pair of sender and target, in the order in which it was sent.
/// </summary>
internal sealed class MemoryHub(IExecutor executor)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, MemoryNetwork> _members = [];
    private readonly Dictionary<(MemoryNetwork From, MemoryNetwork To), MemoryLane> _lanes = [];

    public void Join(MemoryNetwork network)
    {
        lock (_gate)
        {
            if (!_members.TryAdd(network.Identity.Address, network))
                throw new InvalidOperationException($"{network.Identity.Address} is in use.");
        }
    }

    public void Send(MemoryNetwork from, Message message)
    {
        lock (_gate)
        {
            if (Find(from, message.Target, out var to) is { } unreachable)
                Execute(() => from.Receiver.NotSent(message, unreachable));
            else if (!Connect(from, to!).TryAdd(Readdress(message, from, to!)))
                Execute(() => from.Receiver.NotSent(
                    message, new PeerTooSlowException($"{message.Target} reads too slowly.")));
        }
    }

    /// <summary>Lets a client be known to a gateway.</summary>
    public MemoryNetwork Connect(MemoryNetwork client, SiloAddress gateway)
    {
        lock (_gate)
        {
            if (Find(client, gateway, out var to) is { } unreachable) throw unreachable;
            Connect(client, to!);
            return to!;
        }
    }

    /// <summary>Ends what connects the two; both learn of it, unless they are gone.</summary>
    public void Disconnect(MemoryNetwork network, SiloAddress peer)
    {
        lock (_gate) Disconnect(network, other => Name(network, other).Equals(peer));
    }

    /// <summary>Takes a network out at once: what is under way from and to it is lost.</summary>
    public void Leave(MemoryNetwork network)
    {
        lock (_gate)
        {
            Remove(network);
            Disconnect(network, static _ => true);
        }
    }

    /// <summary>Takes a network out; completes once what is under way from and to it has arrived.</summary>
    public Task LeaveGentlyAsync(MemoryNetwork network)
    {
        lock (_gate)
        {
            Remove(network);
            return Task.WhenAll(LanesOf(network).Select(lane => lane.WhenEmpty()));
        }
    }

    public void Execute(Action action) => executor.Execute(new Work(action));

    public void Execute(IThreadPoolWorkItem work) => executor.Execute(work);

    // A client knows a silo by its gateway, everyone else by its own address.
    private static SiloAddress Name(MemoryNetwork seenBy, MemoryNetwork other) =>
        seenBy.Identity.Address.IsClient ? other.Gateway : other.Identity.Address;

    private static Message Readdress(Message message, MemoryNetwork from, MemoryNetwork to) =>
        !from.Identity.Address.IsClient || message.Target.Equals(to.Identity.Address)
            ? message
            : new Message
            {
                Kind = message.Kind,
                Id = message.Id,
                Sender = message.Sender,
                Target = to.Identity.Address,
                ViewVersion = message.ViewVersion,
                Grain = message.Grain,
                Method = message.Method,
                Body = message.Body,
            };

    private OrleansException? Find(MemoryNetwork from, SiloAddress target, out MemoryNetwork? to)
    {
        to = null;
        if (!IsMember(from)) return new ConnectionFailedException("This side has stopped.");
        if (from.HasForgotten(target)) return new ConnectionFailedException($"{target} is known to be dead.");
        to = from.Identity.Address.IsClient
            ? _members.Values.FirstOrDefault(member => IsGateway(member, target))
            : _members.GetValueOrDefault(target);
        if (to is null) return new ConnectionFailedException($"{target} cannot be reached.");
        if (target.IsClient)
            return _lanes.ContainsKey((to, from))
                ? null
                : new ConnectionFailedException($"The client {target} is not connected to this gateway.");
        if (to.Identity.Disagreement(from.Identity) is { } disagreement)
            return new ConnectionRefusedByPeerException(disagreement);
        return to.HasForgotten(from.Identity.Address)
            ? new ConnectionRefusedByPeerException($"{target} knows that {from.Identity.Address} is dead")
            : null;
    }

    private static bool IsGateway(MemoryNetwork member, SiloAddress target) =>
        !member.Identity.Address.IsClient
            && (target.Generation == 0
                ? member.Gateway.Endpoint.Equals(target.Endpoint)
                : member.Gateway.Equals(target));

    private bool IsMember(MemoryNetwork network) => _members.GetValueOrDefault(network.Identity.Address) == network;

    private void Remove(MemoryNetwork network)
    {
        if (IsMember(network)) _members.Remove(network.Identity.Address);
    }

    private MemoryLane Connect(MemoryNetwork from, MemoryNetwork to)
    {
        if (!_lanes.TryGetValue((from, to), out var lane))
            _lanes.Add((from, to), lane = new MemoryLane(this, to));
        return lane;
    }

    private void Disconnect(MemoryNetwork network, Func<MemoryNetwork, bool> isMeant)
    {
        var pairs = _lanes.Keys.Where(pair =>
            (pair.From == network && isMeant(pair.To)) || (pair.To == network && isMeant(pair.From))).ToArray();
        foreach (var pair in pairs)
        {
            _lanes[pair].Close();
            _lanes.Remove(pair);
        }

        foreach (var other in pairs.Select(pair => pair.From == network ? pair.To : pair.From).Distinct())
        {
            if (IsMember(other)) Execute(() => other.Receiver.Disconnected(Name(other, network)));
            if (IsMember(network)) Execute(() => network.Receiver.Disconnected(Name(network, other)));
        }
    }

    private MemoryLane[] LanesOf(MemoryNetwork network) =>
        [.. _lanes.Where(lane => lane.Key.From == network || lane.Key.To == network).Select(lane => lane.Value)];

    private sealed class Work(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
