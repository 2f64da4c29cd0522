using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Engine;

/// <summary>When grain timers tick, in virtual time.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/timers-and-reminders"/>
[Collection(VirtualTimeEngine.Name)]
public sealed class TimerTests(VirtualTimeCluster cluster) : EngineTests(cluster), IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset _start = cluster.Timers.GetUtcNow();

    private VirtualTimeProvider Clock { get; } = cluster.Timers;

    private string Key { get; } = NewKey();

    private ITimerGrain Grain => Client.GetGrain<ITimerGrain>(Key);

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Leaves no timer behind for the next test.</summary>
    public Task DisposeAsync() => Grain.DeactivateAsync();

    [Fact]
    public async Task OneShot_DueTimePasses_TicksOnceAtThatTime()
    {
        await Grain.StartAsync(10 * Second, Timeout.InfiniteTimeSpan, null);

        await NextTickAsync(at: 10 * Second);
        await AdvanceAsync(1000 * Second);

        Assert.Equal(["tick 1"], Probe.Happened(Key));
    }

    [Fact]
    public async Task OneShot_BeforeItsDueTime_DoesNotTick()
    {
        await Grain.StartAsync(10 * Second, Timeout.InfiniteTimeSpan, null);

        await AdvanceAsync(10 * Second - TimeSpan.FromMilliseconds(1));

        Assert.Empty(Probe.Happened(Key));
    }

    [Fact]
    public async Task DueTime_Zero_TicksAtOnce()
    {
        await Grain.StartAsync(TimeSpan.Zero, Timeout.InfiniteTimeSpan, null);

        Assert.Equal("tick 1", await Probe.NextAsync(Key));
        Assert.Equal(_start, Clock.GetUtcNow());
    }

    [Fact]
    public async Task DueTime_Infinite_NeverTicks()
    {
        await Grain.StartAsync(Timeout.InfiniteTimeSpan, Second, null);

        await AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Empty(Probe.Happened(Key));
    }

    [Fact]
    public async Task DueTime_Negative_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Grain.StartAsync(TimeSpan.FromSeconds(-2), Timeout.InfiniteTimeSpan, null));
    }

    [Fact]
    public async Task State_GivenAtTheStart_ReachesTheCallback()
    {
        await Grain.StartWithStateAsync("mine", 10 * Second);

        await NextTickAsync(at: 10 * Second);

        Assert.Equal(["tick of mine"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Periodic_TimePasses_TicksAtTheDueTimeAndEveryPeriodAfterIt()
    {
        await Grain.StartAsync(10 * Second, 3 * Second, null);

        for (var tick = 0; tick < 5; tick++)
            await NextTickAsync(at: (10 + tick * 3) * Second);
        await Grain.StopAsync();

        Assert.Equal(["tick 1", "tick 2", "tick 3", "tick 4", "tick 5"], Probe.Happened(Key));
    }

    /// <summary>The period runs from the end of one callback to the beginning of the next.</summary>
    [Fact]
    public async Task Period_CallbackTakesLong_StartsAtItsEnd()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, new TickPlan { Gate = Key });
        await NextTickAsync(at: 10 * Second);
        Clock.Advance(35 * Second);

        Probe.Open(Key);
        Assert.Equal("tick 1 ends", await Probe.NextAsync(Key));
        await NextTickAsync(at: 55 * Second);
        await Grain.StopAsync();

        Assert.Equal(["tick 1", "tick 1 ends", "tick 2", "tick 2 ends"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Change_FromACall_ReplacesDueTimeAndPeriod()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, null);

        await Grain.ChangeAsync(20 * Second, 5 * Second);
        await NextTickAsync(at: 20 * Second);
        await NextTickAsync(at: 25 * Second);
        await Grain.StopAsync();

        Assert.Equal(["tick 1", "tick 2"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Change_OfATimerThatNeverTicks_StartsIt()
    {
        await Grain.StartAsync(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan, null);

        await Grain.ChangeAsync(5 * Second, Timeout.InfiniteTimeSpan);
        await NextTickAsync(at: 5 * Second);

        Assert.Equal(["tick 1"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Change_ToInfinite_StopsTheTicks()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, null);

        await Grain.ChangeAsync(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await AdvanceAsync(100 * Second);

        Assert.Empty(Probe.Happened(Key));
    }

    [Fact]
    public async Task Change_InTheCallback_DecidesTheNextTick()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, new TickPlan { ChangeTo = 7 * Second });

        await NextTickAsync(at: 10 * Second);
        await NextTickAsync(at: 17 * Second);
        await AdvanceAsync(100 * Second);

        Assert.Equal(["tick 1", "tick 2"], Probe.Happened(Key));
    }

    [Fact]
    public async Task OneShot_ChangedInTheCallback_TicksAgain()
    {
        await Grain.StartAsync(10 * Second, Timeout.InfiniteTimeSpan, new TickPlan { ChangeTo = 4 * Second });

        await NextTickAsync(at: 10 * Second);
        await NextTickAsync(at: 14 * Second);
        await AdvanceAsync(100 * Second);

        Assert.Equal(["tick 1", "tick 2"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Dispose_FromACall_StopsTheTicks()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, null);
        await NextTickAsync(at: 10 * Second);

        await Grain.StopAsync();
        await AdvanceAsync(100 * Second);

        Assert.Equal(["tick 1"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Dispose_InTheCallback_StopsTheTicks()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, new TickPlan { DisposingTick = 2 });

        await NextTickAsync(at: 10 * Second);
        await NextTickAsync(at: 20 * Second);
        await AdvanceAsync(100 * Second);

        Assert.Equal(["tick 1", "tick 2"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Callback_Throws_TimerTicksOn()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, new TickPlan { FailingTick = 1 });

        await NextTickAsync(at: 10 * Second);
        await NextTickAsync(at: 20 * Second);
        await Grain.StopAsync();

        Assert.Equal(["tick 1", "tick 2"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Deactivation_TimerArmed_NeverTicksAgain()
    {
        await Grain.StartAsync(10 * Second, 10 * Second, null);

        await Grain.DeactivateAsync();
        Assert.Equal("deactivated", await Probe.NextAsync(Key));
        await AdvanceAsync(100 * Second);

        Assert.Equal(["deactivated"], Probe.Happened(Key));
    }

    private async Task NextTickAsync(TimeSpan at)
    {
        var tick = await Clock.RunUntilAsync(_start + at, Probe.NextAsync(Key));
        Assert.StartsWith("tick", tick, StringComparison.Ordinal);
    }

    /// <summary>Moves the clock, and lets the grain do first what that set off.</summary>
    private async Task AdvanceAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await Grain.FlushAsync();
    }
}
