using System.Collections.Concurrent;
using CoffeePayment.Tests.Faults.Campaigns;
using CoffeePayment.Tests.Faults.StandIns;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Faults.Orders;

/// <summary>
/// Registers orders at random moments and again until they are acknowledged, as whoever sells coffee does; looks at
/// some of them meanwhile, and passes on the provider's notifications.
/// </summary>
internal sealed class Customers(ApiWatch api, ProviderStandIn provider, Random dice)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<string, ScriptedOrder> _acknowledged = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _firstTries = new();

    /// <summary>The orders that were answered with 2xx: what is promised is promised to these.</summary>
    public IReadOnlyCollection<ScriptedOrder> Acknowledged => [.. _acknowledged.Values];

    /// <summary>Patient customers who never got an answer, although every fault was over at last.</summary>
    public IEnumerable<string> Unheard(IEnumerable<ScriptedOrder> orders) => orders
        .Where(order => !order.IsImpatient && !_acknowledged.ContainsKey(order.Id))
        .Select(order => $"{order.Id} was never acknowledged");

    /// <summary>Completes when every customer has an answer or has gone, or when it is to stop.</summary>
    public async Task RunAsync(IReadOnlyList<ScriptedOrder> orders, TimeSpan stream, CancellationToken stop)
    {
        var waiting = new Queue<(TimeSpan At, ScriptedOrder Order)>(
            orders.Select(order => (At: stream * dice.NextDouble(), order)).OrderBy(pair => pair.At));
        var calls = new List<Task>();
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(Period);
        while (waiting.Count > 0 && await timer.WaitForNextTickAsync(stop))
        {
            while (waiting.TryPeek(out var next) && next.At <= TimeProvider.System.GetElapsedTime(started))
                calls.Add(BuyAsync(waiting.Dequeue().Order, stop));
        }

        await Task.WhenAll(calls).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task BuyAsync(ScriptedOrder order, CancellationToken stop)
    {
        provider.Begin(order);
        while (!await TryRegisterAsync(order, stop))
        {
            if (order.IsImpatient) return;

            await Pause.ForAsync(RetryPause, stop);
        }

        _acknowledged[order.Id] = order;
        await api.GetAsync($"v1/orders/{order.Id}?refresh=true", stop);
        await Pause.ForAsync(order.SettlesAfter, stop);
        await api.PostAsync(
            "v1/webhooks/yookassa",
            new { type = "notification", @event = "payment.succeeded", @object = new { id = order.PaymentId } },
            stop);
    }

    private async Task<bool> TryRegisterAsync(ScriptedOrder order, CancellationToken stop)
    {
        // A registration that is repeated must say the same: its times are those of the first try.
        var now = _firstTries.GetOrAdd(order.Id, static _ => TimeProvider.System.GetUtcNow());
        var answer = await api.PostAsync(
            "v1/orders",
            new
            {
                id = order.Id,
                payment_scenario = "Yookassa",
                payment_reference_id = order.PaymentId,
                device_uuid = order.Device,
                drink_number = "7",
                size = "medium",
                price = 15_000,
                payment_started_at = now - (order.PaymentAge ?? TimeSpan.Zero),
                expires_at = now + (order.ExpiresAfter ?? TimeSpan.FromMinutes(15)),
            },
            stop);
        return answer?.IsSuccess == true;
    }

}
