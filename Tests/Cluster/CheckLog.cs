using System.Collections.Concurrent;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Grains;

namespace CoffeePayment.Tests.Cluster;

/// <summary>Which silo asked for which order when; the answer is pending, unless the order was paid.</summary>
public sealed class CheckLog
{
    private readonly ConcurrentDictionary<string, bool> _paid = new();
    private readonly List<Check> _checks = [];
    private readonly List<Waiter> _waiters = [];
    private readonly Lock _lock = new();

    /// <summary>One question to the provider.</summary>
    public readonly record struct Check(string OrderId, SiloAddress Silo, DateTimeOffset At);

    private sealed record Waiter(HashSet<string> Missing, DateTimeOffset After, TaskCompletionSource Done);

    /// <summary>Every check so far, oldest first.</summary>
    public IReadOnlyList<Check> All
    {
        get
        {
            lock (_lock) return [.. _checks];
        }
    }

    /// <summary>From now on the order is paid for.</summary>
    public void Pay(string orderId) => _paid[orderId] = true;

    public ProviderAnswer Answer(string orderId, SiloAddress silo)
    {
        lock (_lock)
        {
            var check = new Check(orderId, silo, TimeProvider.System.GetUtcNow());
            _checks.Add(check);
            foreach (var waiter in _waiters.Where(waiter => waiter.After < check.At))
            {
                waiter.Missing.Remove(orderId);
                if (waiter.Missing.Count == 0) waiter.Done.TrySetResult();
            }
        }

        return _paid.ContainsKey(orderId)
            ? new ProviderAnswer.Succeeded(PaymentCluster.Price)
            : new ProviderAnswer.Pending();
    }

    /// <summary>The orders that the silo checked last.</summary>
    public IReadOnlyList<string> HeldBy(SiloAddress silo) =>
        [.. All.GroupBy(check => check.OrderId).Where(g => g.Last().Silo.Equals(silo)).Select(g => g.Key)];

    /// <summary>Completes when every one of the orders has been checked after that time.</summary>
    public Task WhenCheckedAsync(IReadOnlyCollection<string> orderIds, DateTimeOffset after)
    {
        lock (_lock)
        {
            var missing = orderIds.ToHashSet();
            missing.ExceptWith(_checks.Where(check => check.At > after).Select(check => check.OrderId));
            var waiter = new Waiter(missing, after, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
            if (missing.Count == 0) waiter.Done.SetResult();
            return waiter.Done.Task;
        }
    }

    /// <summary>The longest time between two checks of one order since then, and of which order.</summary>
    public (TimeSpan Gap, string OrderId) LongestGap(DateTimeOffset since) => All
        .Where(check => check.At > since)
        .GroupBy(check => check.OrderId)
        .Select(checks => (
            checks.Zip(checks.Skip(1), (one, next) => next.At - one.At).DefaultIfEmpty().Max(), checks.Key))
        .Max();
}
