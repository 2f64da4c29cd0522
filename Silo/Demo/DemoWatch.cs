using System.Threading.Channels;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Demo;

/// <summary>Sees the demo's orders change: tells when a script has something to do, and when all have ended.</summary>
public sealed class DemoWatch(IReadOnlyList<DemoOrder> plan) : IOrderObserver
{
    private readonly Dictionary<string, DemoOrder> _orders =
        plan.ToDictionary(order => order.Id, StringComparer.Ordinal);

    private readonly HashSet<string> _open = plan.Select(order => order.Id).ToHashSet(StringComparer.Ordinal);
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // As many as the plan has orders, at most: each has one thing to be done.
    private readonly Channel<DemoOrder> _due = Channel.CreateUnbounded<DemoOrder>();

    /// <summary>Completes when every order has ended as its script says.</summary>
    public Task AllEnded => _allEnded.Task;

    /// <summary>
    /// The orders with which it is the script's turn: to resolve, or to let the customer pay after all.
    /// </summary>
    public ChannelReader<DemoOrder> Due => _due.Reader;

    /// <inheritdoc />
    public void OrderChanged(PaymentOrder? before, PaymentOrder after)
    {
        if (before?.Status == after.Status || !_orders.TryGetValue(after.Id, out var order)) return;

        if (after.Status == DemoTurns.StatusOf(order.Script.Ending)) _due.Writer.TryWrite(order);
        if (!order.IsAsScripted(after.Status, after.StatusReason)) return;

        lock (_open)
        {
            _open.Remove(after.Id);
            if (_open.Count == 0) _allEnded.TrySetResult();
        }
    }
}

/// <summary>At which status a script has something left to do.</summary>
internal static class DemoTurns
{
    public static OrderStatus? StatusOf(DemoEnding ending) => ending switch
    {
        DemoEnding.Successful => OrderStatus.MakePending,
        DemoEnding.Refunded => OrderStatus.ManualMake,
        DemoEnding.FoundLate => OrderStatus.Failed,
        _ => null,
    };
}
