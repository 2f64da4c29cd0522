using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Orleans.Concurrency;

namespace CoffeePayment;

/// <summary>
/// Finds orders by what they have in common. Holds nothing of its own, so every call interleaves; key 0.
/// </summary>
[Alias("CoffeePayment.IOrderDirectoryGrain")]
public interface IOrderDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>The order which the payment pays; null if none.</summary>
    [AlwaysInterleave]
    [Alias("FindByPayment")]
    Task<string?> FindByPaymentAsync(string paymentReferenceId);

    /// <summary>One page of the orders in a status, newest first.</summary>
    /// <param name="status">The status.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to 500.</param>
    [AlwaysInterleave]
    [Alias("List")]
    Task<OrderPage> ListAsync(OrderStatus status, StatusEntry? after, int limit);

    /// <summary>One page of the orders that wait for a person, newest first.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to 500.</param>
    [AlwaysInterleave]
    [Alias("ListAttention")]
    Task<OrderPage> ListAttentionAsync(StatusEntry? after, int limit);

    /// <summary>One page of the orders of a machine, those whose payment started last first.</summary>
    /// <param name="deviceUuid">The machine.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to 500.</param>
    [AlwaysInterleave]
    [Alias("ListByMachine")]
    Task<OrderPage> ListByMachineAsync(string deviceUuid, StatusEntry? after, int limit);

    /// <summary>How many orders there are, in the whole cluster.</summary>
    [AlwaysInterleave]
    [Alias("Count")]
    Task<OrderCounts> CountAsync();

    /// <summary>
    /// One page of the due index, soonest first. Reads the index alone: no order is woken by being looked at.
    /// </summary>
    /// <param name="part">Which part of it.</param>
    /// <param name="after">Where the page before ended; null for the first.</param>
    /// <param name="limit">1 to 500.</param>
    [AlwaysInterleave]
    [Alias("Schedule")]
    Task<SchedulePage> ReadScheduleAsync(SchedulePart part, DueEntry? after, int limit);
}

/// <summary>A part of the due index.</summary>
public enum SchedulePart
{
    /// <summary>What is due later, late checks included.</summary>
    Upcoming,

    /// <summary>What is due by now and not done: about to be checked, being checked, or an orphan.</summary>
    Due,
}

/// <summary>A page of the due index.</summary>
/// <param name="Entries">Soonest first.</param>
/// <param name="Next">Where the next page starts; null if this is the last.</param>
/// <param name="ReadAt">What counted as now. UTC.</param>
/// <param name="Scheduled">How many orders are in the index, both parts together.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.SchedulePage")]
public sealed record SchedulePage(
    [property: Id(0)] DueEntry[] Entries,
    [property: Id(1)] DueEntry? Next,
    [property: Id(2)] DateTimeOffset ReadAt,
    [property: Id(3)] long Scheduled);

/// <summary>How many orders there are.</summary>
/// <param name="ByStatus">In each status; one without orders may be missing.</param>
/// <param name="Scheduled">In the due index: those that are being checked, and those with a late check to come.</param>
/// <param name="Attention">On the attention list: those that wait for a person.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.OrderCounts")]
public sealed record OrderCounts(
    [property: Id(0)] Dictionary<OrderStatus, long> ByStatus,
    [property: Id(1)] long Scheduled,
    [property: Id(2)] long Attention)
{
    /// <summary>
    /// Those on late checks, which have no activation that could count them: what is scheduled beside the orders that
    /// are still being worked on.
    /// </summary>
    public long Late => Math.Max(
        0,
        Scheduled
            - ByStatus.GetValueOrDefault(OrderStatus.Pending)
            - ByStatus.GetValueOrDefault(OrderStatus.Paid));
}

/// <summary>A page of orders.</summary>
/// <param name="Orders">Newest first.</param>
/// <param name="Next">Where the next page starts; null if this is the last.</param>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.OrderPage")]
public sealed record OrderPage(
    [property: Id(0)] PaymentOrder[] Orders,
    [property: Id(1)] StatusEntry? Next);
