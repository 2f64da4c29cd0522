namespace CoffeePayment.Tests.Engine.Internals;

public sealed class OneThreadTests
{
    [Fact]
    public async Task Call_OnAQueue_RunsWhenTheQueueDoes()
    {
        await using var silo = await OneThreadSilo.StartAsync();

        var call = silo.Grain<IOneThreadGrain>("a").ThreadAfterAwaits();
        var early = call.IsCompleted;
        var thread = await silo.Run(call);

        Assert.False(early);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public async Task Timer_OnAQueueAndAVirtualClock_TicksWithBoth()
    {
        await using var silo = await OneThreadSilo.StartAsync();
        var grain = silo.Grain<IOneThreadGrain>("a");
        await silo.Run(grain.StartTimer(TimeSpan.FromSeconds(5)));

        for (var i = 0; i < 12; i++)
        {
            silo.Time.Advance(TimeSpan.FromSeconds(5));
            silo.Executor.RunAll();
        }

        Assert.Equal(12, await silo.Run(grain.Ticks()));
    }

    [Fact]
    public async Task ResponseTimeout_OnAVirtualClock_ComesWithinATwentiethOfTheTimeout()
    {
        await using var silo = await OneThreadSilo.StartAsync();
        var call = silo.Grain<IOneThreadGrain>("a").Hang(TimeSpan.FromSeconds(40));
        silo.Executor.RunAll();

        silo.Time.Advance(TimeSpan.FromSeconds(30));
        var early = call.IsCompleted;
        silo.Time.Advance(TimeSpan.FromSeconds(1.5));

        Assert.False(early);
        await Assert.ThrowsAsync<TimeoutException>(() => silo.Run(call));
        silo.Time.Advance(TimeSpan.FromSeconds(10));
        silo.Executor.RunAll();
    }

    internal interface IOneThreadGrain : IGrainWithStringKey
    {
        Task<int> ThreadAfterAwaits();

        Task StartTimer(TimeSpan period);

        Task<int> Ticks();

        Task Hang(TimeSpan delay);
    }

    internal sealed class OneThreadGrain(TimeProvider time) : Grain, IOneThreadGrain
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

        public Task Hang(TimeSpan delay) => Task.Delay(delay, time);
    }
}
