using System.Text.Json;
using CoffeePayment.Engine.Dashboard;
using Orleans.Dashboard;
using Orleans.TestingHost;

namespace CoffeePayment.Tests.Engine.Internals.Dashboard;

/// <summary>What the dashboard says of calls that were made.</summary>
public sealed class DashboardFiguresTests
{
    private const string Watched = "CoffeePayment.Tests.Engine.Internals.Dashboard.WatchedGrain";

    [Fact]
    public async Task Figures_AfterCalls_CountThemByMethod()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        for (var i = 0; i < 7; i++) await Grain(cluster, $"grain-{i % 2}").WorkAsync();

        var grain = GrainOf(await cluster.SampleAsync(), Watched);

        Assert.Equal(2, grain.GetProperty("activations").GetInt32());
        Assert.Equal(7, grain.GetProperty("calls").GetProperty("total").GetInt32());
        Assert.Equal(7, CallsOf(grain, "WorkAsync").GetProperty("recent").GetInt32());
        Assert.Equal(7, CallsOf(grain, "WorkAsync").GetProperty("perSecond").GetDouble());
    }

    [Fact]
    public async Task Figures_MoreCallsLater_Change()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        await Grain(cluster, "grain").WorkAsync();
        await cluster.SampleAsync();
        await Grain(cluster, "grain").WorkAsync();
        await Grain(cluster, "grain").WorkAsync();

        var calls = CallsOf(GrainOf(await cluster.SampleAsync(), Watched), "WorkAsync");

        Assert.Equal(3, calls.GetProperty("total").GetInt32());
        Assert.Equal(1.5, calls.GetProperty("perSecond").GetDouble());
        Assert.Equal([1.0, 2.0], calls.GetProperty("callsPerSecondBySample").Deserialize<double[]>()!);
    }

    [Fact]
    public async Task Figures_MethodCalledForTheFirstTimeLate_HasARateOverTheSameTimeAsOthers()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        await Grain(cluster, "grain").WorkAsync();
        cluster.Advance(TimeSpan.FromSeconds(9));
        await Assert.ThrowsAsync<InvalidOperationException>(Grain(cluster, "grain").FailAsync);

        var calls = CallsOf(GrainOf(await cluster.SampleAsync(), Watched), "FailAsync");

        Assert.Equal(0.1, calls.GetProperty("perSecond").GetDouble(), precision: 6);
        Assert.Equal(10, calls.GetProperty("callsPerSecondBySample").GetArrayLength());
    }

    [Fact]
    public async Task Figures_CallThatThrew_CountItAsAFailureAndNameTheException()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        await Assert.ThrowsAsync<InvalidOperationException>(Grain(cluster, "grain").FailAsync);

        var figures = await cluster.SampleAsync();

        var calls = CallsOf(GrainOf(figures, Watched), "FailAsync");
        Assert.Equal((1, 1), (calls.GetProperty("recent").GetInt32(), calls.GetProperty("failures").GetInt32()));
        Assert.Equal(nameof(InvalidOperationException), calls.GetProperty("lastFailure").GetString());
        Assert.Equal([1L], figures.GetProperty("failuresBySample").Deserialize<long[]>()!);
    }

    [Fact]
    public async Task Figures_WhileSomebodyLooks_TimeCalls()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        await cluster.SampleAsync();

        await WaitAsync(cluster, TimeSpan.FromSeconds(3));
        var calls = CallsOf(GrainOf(await cluster.SampleAsync(), Watched), "WaitAsync");

        Assert.Equal(3000, calls.GetProperty("meanMilliseconds").GetDouble());
        Assert.Equal(3000, calls.GetProperty("slowestMilliseconds").GetDouble());
    }

    [Fact]
    public async Task Figures_AMinuteAfterSomebodyLooked_CountCallsAndTimeNone()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        await cluster.SampleAsync();
        cluster.Advance(TimeSpan.FromMinutes(1));

        await WaitAsync(cluster, TimeSpan.FromSeconds(3));
        var calls = CallsOf(GrainOf(await cluster.SampleAsync(), Watched), "WaitAsync");

        Assert.Equal(1, calls.GetProperty("recent").GetInt32());
        Assert.Equal(JsonValueKind.Null, calls.GetProperty("meanMilliseconds").ValueKind);
    }

    [Fact]
    public async Task Figures_TraceAlways_TimeCallsWithoutAnyoneLooking()
    {
        await using var cluster = await DashboardCluster.StartAsync(
            silos: 1, builder => builder.AddSiloBuilderConfigurator<AlwaysTiming>());

        await WaitAsync(cluster, TimeSpan.FromSeconds(2));
        var calls = CallsOf(GrainOf(await cluster.SampleAsync(), Watched), "WaitAsync");

        Assert.Equal(2000, calls.GetProperty("meanMilliseconds").GetDouble());
    }

    [Fact]
    public async Task Figures_TicksOfATimer_CountAsCalls()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        await Grain(cluster, "grain").StartTimerAsync(TimeSpan.FromMilliseconds(900));
        cluster.Advance(TimeSpan.FromMilliseconds(900));
        await cluster.Probe.NextAsync("grain");

        // In a turn of its own: the tick before it is over.
        await Grain(cluster, "grain").WorkAsync();
        cluster.Advance(TimeSpan.FromMilliseconds(100));
        var grain = GrainOf(await cluster.ReadAsync(), Watched);

        Assert.Equal(1, CallsOf(grain, CallProfile.TimerTicks).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Figures_WhatIsNotToBeProfiled_IsNotCounted()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        await Grain(cluster, "grain").CountedNeverAsync();
        await cluster.Client.GetGrain<IUnwatchedGrain>("grain").WorkAsync();

        var figures = await cluster.SampleAsync();

        Assert.Empty(GrainOf(figures, Watched).GetProperty("methods").EnumerateArray());
        var unwatched = GrainOf(figures, typeof(UnwatchedGrain).FullName!);
        Assert.Equal(1, unwatched.GetProperty("activations").GetInt32());
        Assert.Equal(0, unwatched.GetProperty("calls").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Figures_SeveralSilos_AddUp()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 3);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Grain(cluster, $"grain-{i}").WorkAsync()));

        var figures = await cluster.SampleAsync();

        var silos = figures.GetProperty("silos").EnumerateArray().ToList();
        Assert.Equal(3, silos.Count);
        Assert.All(silos, silo => Assert.Equal(
            (true, "Active"), (silo.GetProperty("answers").GetBoolean(), silo.GetProperty("status").GetString())));
        Assert.All(silos, silo => Assert.NotEqual(0, silo.GetProperty("activations").GetInt32()));
        var grain = GrainOf(figures, Watched);
        Assert.Equal(60, grain.GetProperty("activations").GetInt32());
        Assert.Equal(60, CallsOf(grain, "WorkAsync").GetProperty("total").GetInt32());
        Assert.Equal(
            figures.GetProperty("calls").GetProperty("total").GetInt32(),
            silos.Sum(silo => silo.GetProperty("calls").GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task Figures_AskedTwiceWithinASample_AreTheSame()
    {
        await using var cluster = await DashboardCluster.StartAsync(silos: 1);
        var first = await cluster.SampleAsync();
        await Grain(cluster, "grain").WorkAsync();

        cluster.Advance(TimeSpan.FromMilliseconds(999));
        var second = await cluster.ReadAsync();

        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task Figures_SiloWithoutADashboard_Throw()
    {
        await using var cluster = new PlainClusterOfItsOwn();
        await cluster.InitializeAsync();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            cluster.Client.GetGrain<IDashboardGrain>(0).GetAsync);

        Assert.Contains("AddDashboard", exception.Message, StringComparison.Ordinal);
    }

    private static IWatchedGrain Grain(DashboardCluster cluster, string key) =>
        cluster.Client.GetGrain<IWatchedGrain>(key);

    /// <summary>A call that lasts for so long.</summary>
    private static async Task WaitAsync(DashboardCluster cluster, TimeSpan duration)
    {
        var waiting = Grain(cluster, "slow").WaitAsync();
        await cluster.Probe.NextAsync("slow");
        cluster.Advance(duration);
        cluster.Probe.Open("slow");
        await waiting;
    }

    private static JsonElement GrainOf(JsonElement figures, string grainClass) =>
        figures.GetProperty("grains").EnumerateArray()
            .Single(grain => grain.GetProperty("grainClass").GetString() == grainClass);

    private static JsonElement CallsOf(JsonElement grain, string method) =>
        grain.GetProperty("methods").EnumerateArray()
            .Single(row => row.GetProperty("method").GetString() == method)
            .GetProperty("calls");

    private sealed class AlwaysTiming : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) =>
            siloBuilder.Services.Configure<GrainProfilerOptions>(profiler => profiler.TraceAlways = true);
    }

    private sealed class PlainClusterOfItsOwn : EngineCluster<PlainCluster.Silo>, IAsyncDisposable
    {
        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
