namespace CoffeePayment.Engine.Clustering;

// What happens from time to time, and how a pause of the process is noticed.
internal sealed partial class Membership
{
    private ITimer? _ticker;
    private long _lastTick;
    private volatile bool _isUncertain;
    private volatile bool _isDead;
    private int _pauses;
    private int _isTickWaiting;
    private bool _isMakingSure;
    private long _lastProbe;
    private long _lastHeartbeat;
    private long _lastRefresh;
    private long _lastCleanup;

    private TimeSpan TickPeriod =>
        TimeSpan.FromTicks(Math.Min(TimeSpan.TicksPerSecond / 2, _options.ProbeTimeout.Ticks / 10));

    // The others need twice as long to declare this silo dead.
    private TimeSpan PauseMax => _options.ProbeTimeout * _options.NumMissedProbesLimit / 2;

    // The time first: a tick after a pause sets the flag before the time.
    public bool EnsureCertain() =>
        (_ticker is null || _time.GetElapsedTime(Volatile.Read(ref _lastTick)) <= PauseMax)
        && !_isUncertain && !_isDead;

    private void StartTicking()
    {
        Volatile.Write(ref _lastTick, _time.GetTimestamp());
        _lastProbe = _lastHeartbeat = _lastRefresh = _lastCleanup = _lastTick;
        _ticker = _time.CreateTimer(static self => ((Membership)self!).OnTick(), this, TickPeriod, TickPeriod);
    }

    private void StopTicking()
    {
        _ticker?.Dispose();
        _ticker = null;
    }

    // On any thread: a pause must be noticed before whatever waits for its turn here.
    private void OnTick()
    {
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(Volatile.Read(ref _lastTick), now) > PauseMax)
        {
            _isUncertain = true;
            Interlocked.Increment(ref _pauses);
        }

        Volatile.Write(ref _lastTick, now);
        if (Interlocked.Exchange(ref _isTickWaiting, 1) == 0) _turns.Post(Tick);
    }

    private void Tick()
    {
        Volatile.Write(ref _isTickWaiting, 0);
        if (_isDead || _ticker is null) return;
        if (_isUncertain && !_isMakingSure) _ = TryAsync(MakeSureAsync);
        if (IsDue(ref _lastHeartbeat, _options.IAmAliveTablePublishTimeout)) _ = TryAsync(HeartbeatAsync);
        if (IsDue(ref _lastRefresh, _options.TableRefreshTimeout)) _ = TryAsync(() => ReadAsync(long.MaxValue));
        if (_options.DefunctSiloCleanupPeriod is { } period && IsDue(ref _lastCleanup, period))
            _ = TryAsync(CleanUpAsync);
        if (IsDue(ref _lastProbe, _options.ProbeTimeout)) ProbeOthers();
    }

    private bool IsDue(ref long last, TimeSpan period)
    {
        var now = _time.GetTimestamp();
        if (_time.GetElapsedTime(last, now) < period) return false;
        last = now;
        return true;
    }

    private async Task MakeSureAsync()
    {
        _isMakingSure = true;
        try
        {
            var pauses = Volatile.Read(ref _pauses);
            SiloPaused();
            foreach (var observer in _observers) observer.Uncertain();
            await ReadAsync(long.MaxValue);
            if (_isDead || pauses != Volatile.Read(ref _pauses)) return;
            _isUncertain = false;
            foreach (var observer in _observers) observer.Certain();
        }
        finally
        {
            _isMakingSure = false;
        }
    }

    private Task<bool> HeartbeatAsync() => InOrderAsync(async () =>
    {
        _self.IAmAliveTime = UtcNow;
        await BoundAsync(_table.UpdateIAmAlive(_self.Copy()));
        return true;
    });

    // One silo does it for all.
    private async Task CleanUpAsync()
    {
        if (_current.Active is not [var first, ..] || !first.Equals(Address)) return;
        await BoundAsync(_table.CleanupDefunctSiloEntries(_time.GetUtcNow() - _options.DefunctSiloExpiration));
    }

    private void Die(string reason)
    {
        _isDead = true;
        StopTicking();
        SelfDeclaredDead(reason);
        foreach (var observer in _observers) observer.DeclaredDead(reason);
    }
}
