namespace CoffeePayment.Tests.Support;

public sealed class VirtualTimeProviderTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly VirtualTimeProvider _clock = new(Noon);
    private readonly List<string> _fired = [];

    [Fact]
    public void Clock_Untouched_StandsStill()
    {
        var first = (_clock.GetUtcNow(), _clock.GetTimestamp());

        var second = (_clock.GetUtcNow(), _clock.GetTimestamp());

        Assert.Equal((Noon, 0L), first);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Timers_DueOnTheWay_FireInOrderOfDueTimeThenOfArming()
    {
        using var late = Arm("late", 3);
        using var early = Arm("early", 1);
        using var alsoLate = Arm("also late", 3);
        using var tooLate = Arm("too late", 4);

        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["early at 1", "late at 3", "also late at 3"], _fired);
        Assert.Equal(1, _clock.ArmedTimers);
        Assert.Equal(Noon.AddSeconds(4), _clock.NextDue);
    }

    [Fact]
    public void PeriodicTimer_OneLongAdvance_FiresOncePerPeriod()
    {
        using var timer = Arm("tick", 1, period: 2);

        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], _fired);
    }

    [Fact]
    public void Timer_ChangedOrDisposed_FiresOnlyAsLastArmed()
    {
        using var changed = Arm("changed", 1);
        var disposed = Arm("disposed", 1);
        using var stopped = Arm("stopped", 1);

        changed.Change(TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["changed at 2"], _fired);
        Assert.False(disposed.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(0, _clock.ArmedTimers);
        Assert.Null(_clock.NextDue);
    }

    [Fact]
    public void Timer_RearmedByItsOwnCallback_FiresAgainInTheSameAdvance()
    {
        ITimer? timer = null;
        timer = _clock.CreateTimer(
            _ =>
            {
                _fired.Add("again");
                timer!.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            },
            state: null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan);

        _clock.Advance(TimeSpan.FromSeconds(3));
        timer.Dispose();

        Assert.Equal(["again", "again", "again"], _fired);
    }

    [Fact]
    public async Task Timer_DueAtOnce_FiresWithoutAnAdvance()
    {
        var fired = new TaskCompletionSource();

        using var timer = _clock.CreateTimer(_ => fired.SetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        await fired.Task;
        Assert.Equal(Noon, _clock.GetUtcNow());
    }

    [Fact]
    public async Task Delay_OnThisClock_EndsWhenItsTimeHasCome()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(10), _clock);

        _clock.Advance(TimeSpan.FromSeconds(9.999));
        var early = delay.IsCompleted;
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await delay;

        Assert.False(early);
    }

    [Fact]
    public async Task WhenTimerArmed_TimerArmedLater_CompletesForATimerWithinThatTimeOnly()
    {
        var armed = _clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(5));

        using var tooFar = Arm("too far", 6);
        var afterTooFar = armed.IsCompleted;
        using var near = Arm("near", 5);
        await armed;

        Assert.False(afterTooFar);
        Assert.True(_clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(5)).IsCompletedSuccessfully);
    }

    [Fact]
    public void Clock_ReadUntilLessThanAMillisecondHasPassed_GetsThere()
    {
        var wanted = Noon.AddMicroseconds(600);

        while (_clock.GetUtcNow() < wanted)
        {
            // Nothing else moves the clock.
        }

        Assert.Equal(wanted, _clock.GetUtcNow(), TimeSpan.FromTicks(1));
    }

    [Fact]
    public void WallClock_Jumping_LeavesTimersAlone()
    {
        using var timer = Arm("timer", 10);

        _clock.JumpWallClock(TimeSpan.FromHours(-1));
        _clock.Advance(TimeSpan.FromSeconds(9));
        var before = _fired.Count;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, before);
        Assert.Single(_fired);
        Assert.Equal(Noon.AddHours(-1).AddSeconds(10), _clock.GetUtcNow());
    }

    private ITimer Arm(string name, int dueSeconds, int? period = null) => _clock.CreateTimer(
        _ => _fired.Add($"{name} at {(_clock.GetUtcNow() - Noon).TotalSeconds}"),
        state: null,
        TimeSpan.FromSeconds(dueSeconds),
        period is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan);
}
