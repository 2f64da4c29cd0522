using System.Collections.Concurrent;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>
/// What the provider and the machine of a cluster were asked, by which silo and when: each silo has an address of its
/// own to ask at. Payments are pending until the test says otherwise.
/// </summary>
public sealed class ProviderRecord
{
    private readonly ConcurrentDictionary<string, string> _statuses = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Check>> _checks = new();
    private readonly ConcurrentQueue<Command> _commands = new();

    /// <summary>One question about a payment.</summary>
    public readonly record struct Check(string Silo, DateTimeOffset At);

    /// <summary>One make command.</summary>
    public readonly record struct Command(string OrderId, string Silo, DateTimeOffset At);

    public IReadOnlyCollection<Command> Commands => [.. _commands];

    /// <summary>Puts the order's payment into a status.</summary>
    public void Put(string orderId, string status) => _statuses[orderId] = status;

    public string Ask(string orderId, string silo)
    {
        _checks.GetOrAdd(orderId, static _ => new()).Enqueue(new Check(silo, TimeProvider.System.GetUtcNow()));
        return _statuses.GetValueOrDefault(orderId, "pending");
    }

    public void Make(string orderId, string silo) =>
        _commands.Enqueue(new Command(orderId, silo, TimeProvider.System.GetUtcNow()));

    public IReadOnlyList<Check> ChecksOf(string orderId) => [.. _checks.GetValueOrDefault(orderId) ?? []];

    /// <summary>The orders that the silo was the last to check.</summary>
    public IReadOnlyList<string> HeldBy(string silo) =>
        [.. _checks.Where(pair => pair.Value.Last().Silo == silo).Select(pair => pair.Key)];

    /// <summary>Waits until every one of the orders has been checked after that time.</summary>
    /// <exception cref="TimeoutException">Some were not; says which, and when they had been checked.</exception>
    public async Task WhenCheckedAsync(IReadOnlyCollection<string> orderIds, DateTimeOffset after, TimeSpan patience)
    {
        var deadline = TimeProvider.System.GetUtcNow() + patience;
        var missing = orderIds;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((missing = [.. missing.Where(id => !ChecksOf(id).Any(check => check.At > after))]).Count > 0)
        {
            if (TimeProvider.System.GetUtcNow() > deadline)
                throw new TimeoutException($"{missing.Count} were not checked, such as {Describe(missing.First())}");

            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>When the last of the orders was first checked after that time.</summary>
    public DateTimeOffset LastFirstCheck(IEnumerable<string> orderIds, DateTimeOffset after) =>
        orderIds.Max(id => ChecksOf(id).First(check => check.At > after).At);

    /// <summary>The longest time between two checks of one of the orders, and the checks of that one.</summary>
    public (TimeSpan Gap, string Checks) LongestGap(IEnumerable<string> orderIds)
    {
        var (gap, id) = orderIds.Select(id =>
        {
            var times = ChecksOf(id).Select(check => check.At).ToList();
            return (times.Zip(times.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max(), id);
        }).Max();
        return (gap, Describe(id));
    }

    /// <summary>An order's checks, for a message.</summary>
    public string Describe(string orderId) =>
        $"{orderId}: "
            + string.Join(", ", ChecksOf(orderId).Select(check => $"{check.At:HH:mm:ss.fff} by {check.Silo}"));
}
