using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Api.Fakes;

/// <summary>The methods of <see cref="IOrderDirectoryGrain"/>, over the orders of a fake cluster.</summary>
public sealed class FakeDirectory(FakeCluster cluster)
{
    public Task<string?> FindByPaymentAsync(string paymentReferenceId) => Task.FromResult(
        cluster.Registered.FirstOrDefault(o => o.Registration.PaymentReferenceId == paymentReferenceId)?.Id);

    public Task<OrderPage> ListAsync(OrderStatus status, StatusEntry? after, int limit) =>
        Page(order => order.Status == status, order => order.StatusChangedAt, after, limit);

    public Task<OrderPage> ListAttentionAsync(StatusEntry? after, int limit) =>
        Page(OrderStates.NeedsAttention, order => order.StatusChangedAt, after, limit);

    public Task<OrderPage> ListByMachineAsync(string deviceUuid, StatusEntry? after, int limit) => Page(
        order => order.Registration.DeviceUuid == deviceUuid,
        order => order.Registration.PaymentStartedAt!.Value,
        after,
        limit);

    public Task<SchedulePage> ReadScheduleAsync(SchedulePart part, DueEntry? after, int limit)
    {
        var now = cluster.Time.GetUtcNow();
        var rest = cluster.Registered
            .Where(order => order.DueAt is { } dueAt && dueAt < now == (part == SchedulePart.Due))
            .Select(order => new DueEntry(order.Id, order.DueAt!.Value))
            .OrderBy(entry => entry.DueAt)
            .ThenBy(entry => entry.OrderId, StringComparer.Ordinal)
            .SkipWhile(entry => after is { } last && !IsAfter(last, entry))
            .ToList();
        var page = rest.Take(limit).ToArray();
        var scheduled = cluster.Registered.Count(order => order.DueAt is not null);
        return Task.FromResult(new SchedulePage(page, rest.Count > limit ? page[^1] : null, now, scheduled));
    }

    public Task<OrderCounts> CountAsync()
    {
        cluster.ThrowIfFailing();
        var byStatus = cluster.Registered.CountBy(o => o.Status).ToDictionary(c => c.Key, c => (long)c.Value);
        return Task.FromResult(new OrderCounts(
            byStatus,
            cluster.Registered.Count(o => o.DueAt is not null),
            cluster.Registered.Count(OrderStates.NeedsAttention)));
    }

    private Task<OrderPage> Page(
        Func<PaymentOrder, bool> belongs, Func<PaymentOrder, DateTimeOffset> timeOf, StatusEntry? after, int limit)
    {
        var rest = cluster.Registered
            .Where(belongs)
            .Select(order => (Entry: new StatusEntry(order.Id, timeOf(order)), Order: order))
            .OrderByDescending(item => item.Entry.At)
            .ThenByDescending(item => item.Entry.OrderId, StringComparer.Ordinal)
            .SkipWhile(item => after is { } last && !IsAfter(item.Entry, last))
            .ToList();
        var page = rest.Take(limit).ToList();
        return Task.FromResult(new OrderPage(
            [.. page.Select(item => item.Order)], rest.Count > limit ? page[^1].Entry : null));
    }

    private static bool IsAfter(DueEntry last, DueEntry entry) =>
        entry.DueAt > last.DueAt
            || (entry.DueAt == last.DueAt && string.CompareOrdinal(entry.OrderId, last.OrderId) > 0);

    private static bool IsAfter(StatusEntry entry, StatusEntry last) =>
        entry.At < last.At || (entry.At == last.At && string.CompareOrdinal(entry.OrderId, last.OrderId) < 0);
}
