namespace CoffeePayment.Silo.Import;

/// <summary>
/// When the next request may leave: not faster than a rate, and not before the service wants to be asked again.
/// </summary>
/// <param name="perSecond">Requests a second; null for as many as there are.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedPause(double? perSecond, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _interval = perSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : TimeSpan.Zero;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _resumeAt = DateTimeOffset.MinValue;

    /// <summary>Nobody sends before this long from now.</summary>
    public void Pause(TimeSpan pause)
    {
        lock (_gate)
        {
            var resumeAt = time.GetUtcNow() + pause;
            if (resumeAt > _resumeAt) _resumeAt = resumeAt;
        }
    }

    /// <summary>Waits for a turn.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        for (var wait = Take(); wait > TimeSpan.Zero; wait = Remaining())
            await Task.Delay(wait, time, stop);
    }

    private TimeSpan Take()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var turn = _next > now ? _next : now;
            _next = turn + _interval;
            return Later(turn) - now;
        }
    }

    // A pause may have been asked for while this one waited.
    private TimeSpan Remaining()
    {
        lock (_gate)
            return _resumeAt - time.GetUtcNow();
    }

    private DateTimeOffset Later(DateTimeOffset turn) => _resumeAt > turn ? _resumeAt : turn;
}
