using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Engine;

/// <summary>A timer's callback is a turn of its grain, like a call.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/timers-and-reminders"/>
[Collection(VirtualTimeEngine.Name)]
public sealed class TimerTurnTests(VirtualTimeCluster cluster) : EngineTests(cluster)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private VirtualTimeProvider Clock { get; } = cluster.Timers;

    private string Key { get; } = NewKey();

    private ITimerGrain Grain => Client.GetGrain<ITimerGrain>(Key);

    [Fact]
    public async Task Callback_Runs_OnTheActivationsScheduler()
    {
        await Grain.StartAsync(Second, Timeout.InfiniteTimeSpan, null);
        Clock.Advance(Second);
        await Probe.NextAsync(Key);

        Assert.True(await Grain.TickedOnItsSchedulerAsync());
    }

    [Fact]
    public async Task Tick_CallRuns_WaitsForItsEnd()
    {
        await Grain.StartAsync(Second, Timeout.InfiniteTimeSpan, null);
        var work = Grain.WorkAsync("work", Key);
        await Probe.NextAsync(Key);

        Clock.Advance(Second);
        await Grain.InterleaveAsync();
        Probe.Open(Key);
        await work.WaitAsync(Patience);
        await Grain.FlushAsync();

        Assert.Equal(["work starts", "work ends", "tick 1"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Call_TickRuns_WaitsForItsEnd()
    {
        await Grain.StartAsync(Second, Timeout.InfiniteTimeSpan, new TickPlan { Gate = Key });
        Clock.Advance(Second);
        await Probe.NextAsync(Key);
        var work = Grain.WorkAsync("work", Key);
        await Grain.InterleaveAsync();

        Probe.Open(Key);
        await work.WaitAsync(Patience);

        Assert.Equal(["tick 1", "tick 1 ends", "work starts", "work ends"], Probe.Happened(Key));
    }

    [Fact]
    public async Task InterleavingTick_CallRuns_RunsBetweenItsAwaits()
    {
        await Grain.StartAsync(Second, Timeout.InfiniteTimeSpan, new TickPlan { Interleave = true });
        var work = Grain.WorkAsync("work", Key);
        await Probe.NextAsync(Key);

        Clock.Advance(Second);
        Assert.Equal("tick 1", await Probe.NextAsync(Key));
        Probe.Open(Key);
        await work.WaitAsync(Patience);

        Assert.Equal(["work starts", "tick 1", "work ends"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Call_InterleavingTickRuns_RunsBetweenItsAwaits()
    {
        var gate = NewKey();
        Probe.Open(gate);
        await Grain.StartAsync(Second, Timeout.InfiniteTimeSpan, new TickPlan { Interleave = true, Gate = Key });
        Clock.Advance(Second);
        await Probe.NextAsync(Key);

        await Grain.WorkAsync("work", gate).WaitAsync(Patience);
        Probe.Open(Key);
        await Grain.FlushAsync();

        Assert.Equal(["tick 1", "work starts", "work ends"], Probe.Happened(Key).Take(3));
    }

    /// <summary>However many periods pass meanwhile: the next one starts when the callback ends.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tick_SameTimersTickRuns_NeverOverlapsIt(bool interleave)
    {
        await Grain.StartAsync(Second, Second, new TickPlan { Gate = Key, Interleave = interleave });
        Clock.Advance(Second);
        await Probe.NextAsync(Key);

        Clock.Advance(10 * Second);
        await Grain.InterleaveAsync();
        Assert.Equal(["tick 1"], Probe.Happened(Key));
        Probe.Open(Key);
        Assert.Equal("tick 1 ends", await Probe.NextAsync(Key));
        await Grain.StopAsync();

        Assert.Equal(["tick 1", "tick 1 ends"], Probe.Happened(Key));
    }

    [Fact]
    public async Task Token_TimerDisposedDuringTheCallback_IsCanceled()
    {
        await Grain.StartAsync(
            Second, Timeout.InfiniteTimeSpan, new TickPlan { Interleave = true, WaitForCancellation = true });
        Clock.Advance(Second);
        Assert.Equal("tick 1", await Probe.NextAsync(Key));

        await Grain.StopAsync();

        Assert.Equal("tick 1 ends", await Probe.NextAsync(Key));
    }
}
