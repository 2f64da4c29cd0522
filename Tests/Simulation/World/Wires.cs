using CoffeePayment.Engine.Messaging;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>
/// What lies between silos. As with TCP, a loss is a broken connection, of which both sides learn, sooner or later;
/// what is sent over a cut wire waits for its end, or for the connection's. Worse than TCP, a message may come twice,
/// or overtake others: nothing above may need that it does not.
/// </summary>
internal sealed class Wires(Scheduler scheduler, Dice dice, Disturbances disturbances)
{
    private static readonly TimeSpan LatencyMin = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BreakAfterMax = TimeSpan.FromSeconds(15);

    private readonly Dictionary<SiloAddress, Network> _members = [];
    private readonly Dictionary<(SiloAddress From, SiloAddress To), Wire> _wires = [];
    private readonly Dictionary<(int From, int To), long> _cuts = [];
    private readonly HashSet<SiloAddress> _silent = [];

    public Rates Rates { get; set; } = Rates.None;

    /// <summary>Called when a message is going to arrive twice.</summary>
    public Action<Message>? OnRepeated { get; set; }

    public void Join(Network network) => _members.Add(network.Address, network);

    public void Send(Network from, Message message)
    {
        if (ReasonNotToSend(from, message.Target) is { } reason)
        {
            var patience = IsCut(from.Address, message.Target) || _silent.Contains(message.Target)
                ? ConnectTimeout
                : Latency();
            var failure = new ConnectionFailedException(reason);
            scheduler.After(patience, from.Lane, () => from.Receiver.NotSent(message, failure));
            return;
        }

        if (dice.Hits(Rates.BrokenConnection))
        {
            disturbances.NoteInCluster("connection broken");
            Break(from.Address, message.Target);
            return;
        }

        var wire = Connect(from.Address, message.Target);
        Put(wire, message);
        if (!dice.Hits(Rates.RepeatedMessage)) return;
        disturbances.Count("message repeated");
        OnRepeated?.Invoke(message);
        Put(wire, message);
    }

    /// <summary>Nothing gets from the one to the other for that long.</summary>
    public void Cut(int from, int to, TimeSpan duration)
    {
        _cuts[(from, to)] = scheduler.Elapsed + duration.Ticks;
        foreach (var wire in _wires.Values)
        {
            if (wire.From.Endpoint.Port == from && wire.To.Endpoint.Port == to) BreakIfStillCut(wire);
        }
    }

    public void Heal() => _cuts.Clear();

    /// <summary>Ends the connection of the two; both learn of it, unless they are gone.</summary>
    public void Break(SiloAddress one, SiloAddress other)
    {
        var isConnected = _wires.Remove((one, other)) | _wires.Remove((other, one));
        if (!isConnected) return;
        Tell(one, other, Latency());
        Tell(other, one, Latency());
    }

    /// <summary>It ends; what is under way from it may still arrive until the others notice.</summary>
    /// <param name="network">Whose.</param>
    /// <param name="isSilent">Its machine is gone: nobody tells the others that there is no connection any
    /// more.</param>
    public void Leave(Network network, bool isSilent)
    {
        if (_members.GetValueOrDefault(network.Address) != network) return;
        _members.Remove(network.Address);
        if (isSilent) _silent.Add(network.Address);
        foreach (var other in PeersOf(network.Address))
        {
            var after = isSilent ? dice.Between(LatencyMin, BreakAfterMax) : Latency();
            scheduler.After(after, _members[other].Lane, () =>
            {
                if (_wires.Remove((network.Address, other)) | _wires.Remove((other, network.Address)))
                    Tell(other, network.Address, TimeSpan.Zero);
            });
        }
    }

    /// <summary>It ends once what it has sent has arrived.</summary>
    public async Task LeaveAsync(Network network)
    {
        var arrived = new TaskCompletionSource();
        var last = _wires.Values.Where(wire => wire.From.Equals(network.Address))
            .Select(wire => wire.LastArrival).DefaultIfEmpty().Max();
        scheduler.After(TimeSpan.FromTicks(last - scheduler.Elapsed) + LatencyMax, network.Lane, arrived.SetResult);
        await arrived.Task;
        Leave(network, isSilent: false);
    }

    private string? ReasonNotToSend(Network from, SiloAddress target)
    {
        if (_members.GetValueOrDefault(from.Address) != from) return "This side has stopped.";
        if (from.HasForgotten(target)) return $"{target} is known to be dead.";
        if (!_members.TryGetValue(target, out var to)) return $"{target} cannot be reached.";
        if (to.HasForgotten(from.Address)) return $"{target} knows that {from.Address} is dead.";
        return IsCut(from.Address, target) && !_wires.ContainsKey((from.Address, target))
            ? $"{target} does not answer."
            : to.Identity.Disagreement(from.Identity);
    }

    private Wire Connect(SiloAddress from, SiloAddress to)
    {
        if (!_wires.TryGetValue((from, to), out var wire)) _wires.Add((from, to), wire = new Wire(from, to));
        return wire;
    }

    private void Put(Wire wire, Message message)
    {
        var place = wire.Messages.Count;
        if (place > 0 && dice.Hits(Rates.ReorderedMessage))
        {
            place = dice.Next(place);
            disturbances.Count("message reordered");
        }

        wire.Messages.Insert(place, message);
        var latency = Latency();
        if (dice.Hits(Rates.DelayedMessage))
        {
            latency = dice.Between(LatencyMax, DelayMax);
            disturbances.NoteInCluster("message delayed");
        }

        var cutUntil = _cuts.GetValueOrDefault((wire.From.Endpoint.Port, wire.To.Endpoint.Port));
        wire.LastArrival = Math.Max(wire.LastArrival, Math.Max(scheduler.Elapsed, cutUntil) + latency.Ticks);
        scheduler.After(
            TimeSpan.FromTicks(wire.LastArrival - scheduler.Elapsed), _members[wire.To].Lane, () => Deliver(wire));
    }

    private void Deliver(Wire wire)
    {
        if (_wires.GetValueOrDefault((wire.From, wire.To)) != wire) return;
        if (!_members.TryGetValue(wire.To, out var to)) return;
        var message = wire.Messages[0];
        wire.Messages.RemoveAt(0);
        to.Receiver.Receive(message);
    }

    private void BreakIfStillCut(Wire wire)
    {
        var network = _members.GetValueOrDefault(wire.From);
        if (network is null) return;
        scheduler.After(dice.Between(ConnectTimeout, BreakAfterMax), network.Lane, () =>
        {
            if (IsCut(wire.From, wire.To) && _wires.GetValueOrDefault((wire.From, wire.To)) == wire)
                Break(wire.From, wire.To);
        });
    }

    private void Tell(SiloAddress silo, SiloAddress lost, TimeSpan after)
    {
        if (_members.TryGetValue(silo, out var network))
            scheduler.After(after, network.Lane, () => network.Receiver.Disconnected(lost));
    }

    private bool IsCut(SiloAddress from, SiloAddress to) =>
        _cuts.TryGetValue((from.Endpoint.Port, to.Endpoint.Port), out var until) && until > scheduler.Elapsed;

    private List<SiloAddress> PeersOf(SiloAddress silo) =>
    [
        .. _wires.Keys.Where(pair => pair.From.Equals(silo) || pair.To.Equals(silo))
            .Select(pair => pair.From.Equals(silo) ? pair.To : pair.From)
            .Distinct().Where(_members.ContainsKey).Order(),
    ];

    private TimeSpan Latency() => dice.Between(LatencyMin, LatencyMax);

    private sealed class Wire(SiloAddress from, SiloAddress to)
    {
        public SiloAddress From => from;

        public SiloAddress To => to;

        public List<Message> Messages { get; } = [];

        public long LastArrival { get; set; }
    }
}
