using CoffeePayment.Engine.Dashboard;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Engine.Internals.Dashboard;

public sealed class CallCounterTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly CallCounter _counter = new("Method");

    [Fact]
    public void Count_FromManyThreads_LosesNone()
    {
        Parallel.For(0, 100_000, i => _counter.Count(elapsed: i % 2 == 0 ? CallCounter.NotTimed : i));
        _counter.Sample(_time, historyLength: 3);

        var sample = Assert.Single(_counter.History!.ToArray());
        Assert.Equal((100_000L, 50_000L), (sample.Calls, sample.Timed));
        Assert.Equal(TimeSpan.FromTicks(50_000L * 50_000), sample.Elapsed);
        Assert.Equal(TimeSpan.FromTicks(99_999), sample.Slowest);
    }

    [Fact]
    public void Sample_NeverCalled_KeepsNoHistory()
    {
        _counter.Sample(_time, historyLength: 3);

        Assert.Null(_counter.History);
    }

    [Fact]
    public void Sample_MoreThanAreKept_ForgetsTheOldest()
    {
        for (var calls = 1; calls <= 5; calls++)
        {
            for (var i = 0; i < calls; i++) _counter.Count(CallCounter.NotTimed);
            _counter.Sample(_time, historyLength: 3);
        }

        Assert.Equal([3L, 4, 5], _counter.History!.ToArray().Select(sample => sample.Calls));
        Assert.Equal(15, _counter.Calls);
    }

    [Fact]
    public void Sample_AfterASlowCall_TellsOfItOnce()
    {
        _counter.Count(elapsed: 100);
        _counter.Sample(_time, historyLength: 3);
        _counter.Count(elapsed: 7);
        _counter.Sample(_time, historyLength: 3);

        Assert.Equal([100L, 7], _counter.History!.ToArray().Select(sample => sample.Slowest.Ticks));
    }

    [Fact]
    public void CountFailure_WithASecretInItsMessage_KeepsOnlyTheName()
    {
        _counter.CountFailure(new InvalidOperationException("secret"), _time.GetUtcNow());
        _counter.Count(CallCounter.NotTimed);
        _counter.Sample(_time, historyLength: 3);

        Assert.Equal(new LastFailure(nameof(InvalidOperationException), _time.GetUtcNow()), _counter.LastFailure);
        Assert.Equal((1L, 1L), (_counter.Calls, _counter.Failures));
    }
}
