using CoffeePayment.Grains;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Checkers;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Support;
using Orleans.Storage;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>What is true in the world, and who watches it.</summary>
internal sealed class Facts
{
    private readonly IReadOnlyList<Checker> _checkers;
    private long _lastEtag;

    public Facts(
        SimulationPlan plan,
        Scheduler scheduler,
        Trace trace,
        Disturbances disturbances,
        IReadOnlyList<Checker> checkers)
    {
        Plan = plan;
        Scheduler = scheduler;
        Trace = trace;
        Disturbances = disturbances;
        _checkers = checkers;
        Indexes = new MemoryOrderIndexWriter(Pending, Payments, Statuses, Attention, Machines);
        Orders = plan.Orders.ToDictionary(order => order.Id, order => new OrderFacts(order), StringComparer.Ordinal);
        foreach (var checker in checkers) checker.Facts = this;
    }

    public SimulationPlan Plan { get; }

    public PaymentOptions Payment => Plan.Payment;

    public Scheduler Scheduler { get; }

    public Trace Trace { get; }

    public Disturbances Disturbances { get; }

    public Dictionary<string, OrderFacts> Orders { get; }

    public MemoryOrderIndexWriter Indexes { get; }

    public MemoryPendingPaymentIndex Pending { get; } = new();

    public MemoryPaymentReferenceIndex Payments { get; } = new();

    public MemoryOrderStatusIndex Statuses { get; } = new();

    public MemoryAttentionIndex Attention { get; } = new();

    public MemoryMachineIndex Machines { get; } = new();

    public (string Checker, string What)? Failure { get; private set; }

    public long Checks { get; private set; }

    /// <summary>How many silos have come and gone.</summary>
    public int SiloChanges { get; set; }

    public long Elapsed => Scheduler.Elapsed;

    public OrderFacts Of(GrainId grainId) => Orders[grainId.Key.ToString()];

    /// <summary>The orders that name the payment; one of them can have it.</summary>
    public IEnumerable<OrderFacts> OrdersOf(string paymentReferenceId) =>
        Orders.Values.Where(order => order.PaymentReferenceId == paymentReferenceId);

    public void Fail(string checker, string what)
    {
        if (Failure is not null) return;
        Failure = (checker, what);
        Trace.Add($"FAILED {checker}: {what}");
    }

    public void Tell(Action<Checker> what)
    {
        foreach (var checker in _checkers) what(checker);
    }

    public Ask Ask(OrderFacts order, Lane silo, LaneTime clock)
    {
        Checks++;
        silo.Deeds++;
        Trace.Add($"{silo.Name} asks for {order.Id}");
        Tell(checker => checker.Asked(order, silo, clock));
        var ask = new Ask(silo, Elapsed);
        order.AsksUnderWay.Add(ask);
        order.Unsettled.Add(silo);
        order.LastAskAt = Elapsed;
        return ask;
    }

    /// <summary>Stores it if nobody else has.</summary>
    /// <exception cref="InconsistentStateException">The etag is not the stored one.</exception>
    public string Write(OrderFacts order, string? etag, PaymentOrder after, Lane silo)
    {
        if (etag != order.Etag)
        {
            Trace.Add($"{silo.Name} loses the race for {order.Id}");
            Disturbances.Count("storage conflict");
            throw new InconsistentStateException($"{order.Id} was written by somebody else.", order.Etag!, etag!);
        }

        return Overwrite(order, after, silo);
    }

    /// <summary>Stores it whatever the etag is.</summary>
    public string Overwrite(OrderFacts order, PaymentOrder after, Lane silo)
    {
        var before = order.Stored;
        silo.Deeds++;
        Trace.Add($"{silo.Name} writes {order.Id} {after.Revision} {after.Status} {after.StatusReason} "
            + $"{(after.DueAt - Scheduler.Start)?.TotalSeconds:F3} checks {after.CheckAttempts}"
            + (after.Make is { } make ? $" make {make.Attempts} {make.IsInFlight}" : ""));
        order.Stored = after;
        order.StoredAt = Elapsed;
        order.StoredBy = silo;
        order.Etag = $"{++_lastEtag}";
        Tell(checker => checker.Written(order, before, after, silo));
        return order.Etag;
    }
}
