using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Engine;

/// <summary>Reminders outlive activations; the shortest period by default is a minute, here of virtual time.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/timers-and-reminders"/>
[Collection(VirtualTimeEngine.Name)]
public sealed class ReminderTests(VirtualTimeCluster cluster) : EngineTests(cluster), IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _start = cluster.Reminders.GetUtcNow();

    private VirtualTimeProvider Clock { get; } = cluster.Reminders;

    private string Key { get; } = NewKey();

    private IReminderGrain Grain => Client.GetGrain<IReminderGrain>(Key);

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Leaves no reminder behind for the next test.</summary>
    public async Task DisposeAsync()
    {
        foreach (var name in await Grain.GetNamesAsync())
            await Grain.UnregisterAsync(name);
    }

    [Fact]
    public async Task Register_NewName_GivesTheReminder()
    {
        var name = await Grain.RegisterAsync("sweep", Minute, Minute);

        Assert.Equal("sweep", name);
        Assert.True(await Grain.ExistsAsync("sweep"));
    }

    [Fact]
    public async Task Tick_AtTheDueTime_BringsNameAndStatus()
    {
        await Grain.RegisterAsync("sweep", 2 * Minute, 3 * Minute);

        var tick = await NextTickAsync(at: 2 * Minute);

        Assert.Equal(ReminderGrain.Tick("sweep", _start + 2 * Minute, 3 * Minute, _start + 2 * Minute), tick);
    }

    [Fact]
    public async Task Tick_EveryPeriod_CountsFromTheFirst()
    {
        await Grain.RegisterAsync("sweep", Minute, 2 * Minute);

        for (var tick = 0; tick < 4; tick++)
        {
            var at = (1 + 2 * tick) * Minute;
            var expected = ReminderGrain.Tick("sweep", _start + Minute, 2 * Minute, _start + at);
            Assert.Equal(expected, await NextTickAsync(at));
        }

        Assert.Equal(4, Probe.Happened(Key).Count);
    }

    [Fact]
    public async Task Tick_ReceiveReminderThrows_NextComesAllTheSame()
    {
        await Grain.RegisterAsync("sweep", Minute, Minute);
        await Grain.FailTickAsync();

        await NextTickAsync(at: Minute);
        await NextTickAsync(at: 2 * Minute);

        Assert.Equal(2, Probe.Happened(Key).Count);
    }

    [Fact]
    public async Task Tick_GrainDeactivatedMeanwhile_ActivatesItAgain()
    {
        await Grain.RegisterAsync("sweep", Minute, Minute);
        await Grain.DeactivateAsync();
        Assert.Equal("activated", await Probe.NextAsync(Key + "/activations"));
        Assert.Equal("deactivated", await Probe.NextAsync(Key + "/activations"));

        await NextTickAsync(at: Minute);

        Assert.Equal(["activated", "deactivated", "activated"], Probe.Happened(Key + "/activations"));
    }

    [Fact]
    public async Task Register_SameNameAgain_ReplacesDueTimeAndPeriod()
    {
        await Grain.RegisterAsync("sweep", Minute, Minute);

        await Grain.RegisterAsync("sweep", 2 * Minute, 3 * Minute);
        var first = await NextTickAsync(at: 2 * Minute);
        var second = await NextTickAsync(at: 5 * Minute);

        Assert.Equal(ReminderGrain.Tick("sweep", _start + 2 * Minute, 3 * Minute, _start + 2 * Minute), first);
        Assert.Equal(ReminderGrain.Tick("sweep", _start + 2 * Minute, 3 * Minute, _start + 5 * Minute), second);
        Assert.Equal(["sweep"], await Grain.GetNamesAsync());
        Assert.Equal(2, Probe.Happened(Key).Count);
    }

    [Fact]
    public async Task Unregister_Registered_EndsTheTicks()
    {
        await Grain.RegisterAsync("sweep", Minute, Minute);
        await NextTickAsync(at: Minute);

        var unregistered = await Grain.UnregisterAsync("sweep");
        Clock.Advance(10 * Minute);
        await Grain.FlushAsync();

        Assert.True(unregistered);
        Assert.False(await Grain.ExistsAsync("sweep"));
        Assert.Single(Probe.Happened(Key));
    }

    [Fact]
    public async Task GetReminder_NeverRegistered_IsNull() => Assert.False(await Grain.ExistsAsync("sweep"));

    [Fact]
    public async Task GetReminders_Several_GivesThoseOfTheGrainOnly()
    {
        var other = Client.GetGrain<IReminderGrain>(NewKey());
        await Grain.RegisterAsync("b", Minute, Minute);
        await Grain.RegisterAsync("a", Minute, Minute);
        await other.RegisterAsync("c", Minute, Minute);

        Assert.Equal(["a", "b"], await Grain.GetNamesAsync());
        Assert.Equal(["c"], await other.GetNamesAsync());
        await other.UnregisterAsync("c");
    }

    [Fact]
    public async Task TwoReminders_OfOneGrain_TickEachAtItsTime()
    {
        await Grain.RegisterAsync("fast", Minute, Minute);

        var first = await NextTickAsync(at: Minute);

        // Not before: as soon as it is armed the clock moves on to it, and the first tick may not have ended by then.
        await Grain.RegisterAsync("slow", 0.5 * Minute, 2 * Minute);
        var second = await NextTickAsync(at: 1.5 * Minute);
        var third = await NextTickAsync(at: 2 * Minute);

        Assert.Equal(ReminderGrain.Tick("fast", _start + Minute, Minute, _start + Minute), first);
        Assert.Equal(ReminderGrain.Tick("slow", _start + 1.5 * Minute, 2 * Minute, _start + 1.5 * Minute), second);
        Assert.Equal(ReminderGrain.Tick("fast", _start + Minute, Minute, _start + 2 * Minute), third);
    }

    [Fact]
    public async Task Register_PeriodBelowTheMinimum_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => Grain.RegisterAsync("sweep", Minute, Minute - TimeSpan.FromTicks(1)));

        Assert.Empty(await Grain.GetNamesAsync());
    }

    [Fact]
    public async Task Register_GrainIsNotRemindable_IsRefused()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => Client.GetGrain<IUnremindableGrain>(NewKey()).RegisterAsync("sweep", Minute, Minute));
    }

    private Task<string> NextTickAsync(TimeSpan at) => Clock.RunUntilAsync(_start + at, Probe.NextAsync(Key));
}
