using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace CoffeePayment.Grains.Directory;

/// <summary>Answers from the indexes, and asks the orders' own grains for what the indexes do not hold.</summary>
[GrainType("orderdirectory")]
public sealed class OrderDirectoryGrain(
    IPendingPaymentIndex pending,
    IPaymentReferenceIndex payments,
    IOrderStatusIndex statuses,
    [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time)
    : Grain, IOrderDirectoryGrain
{
    /// <summary>The most orders a page may hold.</summary>
    public const int PageMax = 500;

    public async Task<string?> FindByPaymentAsync(string paymentReferenceId) =>
        await payments.FindAsync(paymentReferenceId);

    public async Task<OrderPage> ListAsync(OrderStatus status, StatusEntry? after, int limit)
    {
        var wanted = Math.Clamp(limit, 1, PageMax);

        // One more than asked for tells whether there is a next page.
        var entries = await statuses.ListAsync(status, after, wanted + 1);
        var page = entries.Take(wanted).ToList();
        var orders = await Task.WhenAll(
            page.Select(entry => GrainFactory.GetGrain<IPendingPaymentGrain>(entry.OrderId).GetAsync()));

        // The index follows the orders; one that has moved on meanwhile is in another list by now.
        var current = orders.OfType<PaymentOrder>().Where(order => order.Status == status).ToArray();
        return new OrderPage(current, entries.Count > wanted ? page[^1] : null);
    }

    public async Task<SchedulePage> ReadScheduleAsync(SchedulePart part, DueEntry? after, int limit)
    {
        var wanted = Math.Clamp(limit, 1, PageMax);
        var now = time.GetUtcNow();
        var (from, before) = part == SchedulePart.Due ? (DateTimeOffset.MinValue, now) : (now, DateTimeOffset.MaxValue);

        // One more than asked for tells whether there is a next page.
        var entries = await pending.ReadSoonestAsync(from, before, after, wanted + 1);
        var page = entries.Take(wanted).ToArray();
        return new SchedulePage(page, entries.Count > wanted ? page[^1] : null, now, await pending.CountAsync());
    }

    public async Task<OrderCounts> CountAsync() => new(new(await statuses.CountAsync()), await pending.CountAsync());
}
