using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Tests.Support;

/// <summary>
/// Orders by a key and a time, each under one key at a time: what the lists in memory have in common.
/// </summary>
internal sealed class MemoryEntries<TKey>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (TKey Key, long At)> _placeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<TKey, SortedSet<(long Time, string Id)>> _byKey = [];

    public void Put(string orderId, TKey key, DateTimeOffset at)
    {
        lock (_gate)
        {
            Remove(orderId);
            var time = UnixMilliseconds.Floor(at);
            _placeOf[orderId] = (key, time);
            In(key).Add((time, orderId));
        }
    }

    public void Remove(string orderId)
    {
        lock (_gate)
        {
            if (_placeOf.Remove(orderId, out var place))
                In(place.Key).Remove((place.At, orderId));
        }
    }

    public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
        TKey key, StatusEntry? after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var bound = after is { } last ? (UnixMilliseconds.Floor(last.At), last.OrderId) : (long.MaxValue, "");
        lock (_gate)
            return ValueTask.FromResult(ToPage(In(key).Below(bound), limit));
    }

    public ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
        TKey key, DateTimeOffset before, StatusEntry? after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var end = UnixMilliseconds.Ceiling(before);
        var bound = after is { } last ? (UnixMilliseconds.Floor(last.At), last.OrderId) : (long.MinValue, "");
        lock (_gate)
            return ValueTask.FromResult(ToPage(In(key).Above(bound).TakeWhile(entry => entry.Time < end), limit));
    }

    public bool Contains(string orderId)
    {
        lock (_gate) return _placeOf.ContainsKey(orderId);
    }

    /// <summary>How many orders each key has that has any.</summary>
    public IReadOnlyList<(TKey Key, long Count)> Counts()
    {
        lock (_gate)
            return [.. _byKey.Where(pair => pair.Value.Count > 0).Select(pair => (pair.Key, (long)pair.Value.Count))];
    }

    private static IReadOnlyList<StatusEntry> ToPage(IEnumerable<(long Time, string Id)> entries, int limit) =>
        [.. entries.Take(limit).Select(entry => new StatusEntry(entry.Id, UnixMilliseconds.ToTime(entry.Time)))];

    private SortedSet<(long Time, string Id)> In(TKey key)
    {
        if (!_byKey.TryGetValue(key, out var set))
            _byKey[key] = set = new SortedSet<(long Time, string Id)>(TimeThenId.Comparer);

        return set;
    }
}
