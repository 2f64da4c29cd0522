using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>A silo whose only executor is a queue and whose only clock is a test's: nothing in it runs but by them.</summary>
public sealed class OneThreadTests : IAsyncLifetime
{
    private readonly QueueExecutor _executor = new();
    private readonly VirtualTimeProvider _time = new();
    private IHost _host = null!;

    private IOneThreadGrain Grain => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IOneThreadGrain>("a");

    public async Task InitializeAsync()
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton<IExecutor>(_executor);
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.UseOrleans();
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        var stopping = _host.StopAsync();
        _executor.RunAll();
        await stopping;
        _host.Dispose();
    }

    [Fact]
    public void Call_OnAQueue_RunsWhenTheQueueDoes()
    {
        var call = Grain.ThreadAfterAwaits();

        Assert.False(call.IsCompleted);
        _executor.RunAll();
        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, call.Result);
    }

    [Fact]
    public void Timer_OnAQueueAndAVirtualClock_TicksWithBoth()
    {
        _ = Grain.StartTimer(TimeSpan.FromSeconds(5));
        _executor.RunAll();

        for (var i = 0; i < 12; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            _executor.RunAll();
        }

        var ticks = Grain.Ticks();
        _executor.RunAll();
        Assert.Equal(12, ticks.Result);
    }

    [Fact]
    public void ResponseTimeout_OnAVirtualClock_ComesWithinATwentiethOfTheTimeout()
    {
        var call = Grain.Hang();
        _executor.RunAll();

        _time.Advance(TimeSpan.FromSeconds(30));
        var early = call.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.False(early);
        Assert.IsType<TimeoutException>(call.Exception?.InnerException);
    }

    internal interface IOneThreadGrain : IGrainWithStringKey
    {
        Task<int> ThreadAfterAwaits();

        Task StartTimer(TimeSpan period);

        Task<int> Ticks();

        Task Hang();
    }

    internal sealed class OneThreadGrain : Grain, IOneThreadGrain
    {
        private int _ticks;

        public async Task<int> ThreadAfterAwaits()
        {
            for (var i = 0; i < 3; i++) await Task.Yield();
            return Environment.CurrentManagedThreadId;
        }

        public Task StartTimer(TimeSpan period)
        {
            this.RegisterGrainTimer(
                () =>
                {
                    _ticks++;
                    return Task.CompletedTask;
                },
                period,
                period);
            return Task.CompletedTask;
        }

        public Task<int> Ticks() => Task.FromResult(_ticks);

        public Task Hang() => new TaskCompletionSource().Task;
    }
}
