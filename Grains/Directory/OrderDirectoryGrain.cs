using CoffeePayment.Grains.Decisions;
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
    IAttentionIndex attention,
    IMachineIndex machines,
    [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time)
    : Grain, IOrderDirectoryGrain
{
    /// <summary>The most orders a page may hold.</summary>
    public const int PageMax = 500;

    public async Task<string?> FindByPaymentAsync(string paymentReferenceId) =>
        await payments.FindAsync(paymentReferenceId);

    // The index follows the orders; one that has moved on meanwhile is in another list by now.
    public Task<OrderPage> ListAsync(OrderStatus status, StatusEntry? after, int limit) =>
        PageAsync(limit, count => statuses.ListAsync(status, after, count), order => order.Status == status);

    public Task<OrderPage> ListAttentionAsync(StatusEntry? after, int limit) =>
        PageAsync(limit, count => attention.ListAsync(after, count), OrderStates.NeedsAttention);

    public Task<OrderPage> ListByMachineAsync(string deviceUuid, StatusEntry? after, int limit) => PageAsync(
        limit,
        count => machines.ListAsync(deviceUuid, after, count),
        order => order.Registration.DeviceUuid == deviceUuid);

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

    public async Task<OrderCounts> CountAsync() => new(
        new(await statuses.CountAsync()), await pending.CountAsync(), await attention.CountAsync());

    private async Task<OrderPage> PageAsync(
        int limit, Func<int, ValueTask<IReadOnlyList<StatusEntry>>> read, Func<PaymentOrder, bool> belongs)
    {
        var wanted = Math.Clamp(limit, 1, PageMax);

        // One more than asked for tells whether there is a next page.
        var entries = await read(wanted + 1);
        var page = entries.Take(wanted).ToList();
        var orders = await Task.WhenAll(
            page.Select(entry => GrainFactory.GetGrain<IPendingPaymentGrain>(entry.OrderId).GetAsync()));
        return new OrderPage(
            orders.OfType<PaymentOrder>().Where(belongs).ToArray(), entries.Count > wanted ? page[^1] : null);
    }
}
