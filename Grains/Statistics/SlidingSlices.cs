namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// Figures of the recent past: a window cut into slices of equal length, each with a <typeparamref name="T"/> of its
/// own, the oldest dropped as time goes on. Lock-free; a slice exists only once something happened in it.
/// </summary>
/// <remarks>
/// The window is a whole number of slices, so it covers between <c>window - slice</c> and <c>window</c>.
/// </remarks>
public sealed class SlidingSlices<T>
    where T : class, new()
{
    private readonly TimeProvider _timeProvider;
    private readonly Slice?[] _slices;
    private readonly long _sliceTimestamps;
    private readonly long _startedAt;

    /// <summary>An empty window.</summary>
    /// <param name="timeProvider">Whose timestamps count.</param>
    /// <param name="window">How far back; greater than zero.</param>
    /// <param name="slices">Into how many slices; at least 1.</param>
    public SlidingSlices(TimeProvider timeProvider, TimeSpan window, int slices)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slices, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        _timeProvider = timeProvider;
        _slices = new Slice?[slices];
        _startedAt = timeProvider.GetTimestamp();
        _sliceTimestamps = Math.Max(1, (long)(window.TotalSeconds * timeProvider.TimestampFrequency / slices));
    }

    /// <summary>How much time the window covers now: less than all of it just after the start.</summary>
    public TimeSpan Covered
    {
        get
        {
            var oldest = (Number() - _slices.Length + 1) * _sliceTimestamps;
            return _timeProvider.GetElapsedTime(Math.Max(oldest, _startedAt));
        }
    }

    /// <summary>The slice that it is now, empty if nothing has happened in it yet.</summary>
    public T Current()
    {
        var number = Number();
        ref var place = ref _slices[number % _slices.Length];
        var found = Volatile.Read(ref place);

        // A later slice is there when this thread was held up between reading the clock and coming here.
        if (found is not null && found.Number >= number) return found.Value;

        var fresh = new Slice(number);
        var winner = Interlocked.CompareExchange(ref place, fresh, found);
        return ReferenceEquals(winner, found) ? fresh.Value : winner!.Value;
    }

    /// <summary>Every slice of the window in which something happened, in no order.</summary>
    public IEnumerable<T> Live()
    {
        var oldest = Number() - _slices.Length + 1;
        for (var place = 0; place < _slices.Length; place++)
        {
            if (Volatile.Read(ref _slices[place]) is { } slice && slice.Number >= oldest)
                yield return slice.Value;
        }
    }

    private long Number() => _timeProvider.GetTimestamp() / _sliceTimestamps;

    private sealed record Slice(long Number)
    {
        public T Value { get; } = new();
    }
}
