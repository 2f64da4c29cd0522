using CoffeePayment.Silo.Yookassa;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Yookassa;

public sealed class RequestDeadlinesTests : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3);

    private readonly VirtualTimeProvider _clock = new();
    private readonly RequestDeadlines _deadlines;

    public RequestDeadlinesTests() => _deadlines = new RequestDeadlines(_clock, RequestTimeout);

    public void Dispose() => _deadlines.Dispose();

    [Fact]
    public void Begin_TimePasses_EachIsCancelledWhenItsOwnTimeIsUp()
    {
        var first = _deadlines.Begin(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = _deadlines.Begin(CancellationToken.None);

        _clock.Advance(TimeSpan.FromSeconds(2));
        var atThree = (first.Token.IsCancellationRequested, second.Token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((true, false), atThree);
        Assert.True(second.Token.IsCancellationRequested);
    }

    [Fact]
    public void Begin_OldestEnds_NextIsStillCancelledInTime()
    {
        var first = _deadlines.Begin(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = _deadlines.Begin(CancellationToken.None);
        _deadlines.End(first);

        _clock.Advance(RequestTimeout - TimeSpan.FromMilliseconds(1));
        var early = second.Token.IsCancellationRequested;
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(early);
        Assert.True(second.Token.IsCancellationRequested);
    }

    [Fact]
    public void Begin_CallerCancels_IsCancelledAndTheOthersAreNot()
    {
        using var caller = new CancellationTokenSource();
        var cancelled = _deadlines.Begin(caller.Token);
        var other = _deadlines.Begin(CancellationToken.None);

        caller.Cancel();

        Assert.True(cancelled.Token.IsCancellationRequested);
        Assert.False(other.Token.IsCancellationRequested);
    }

    [Fact]
    public void End_RequestWasAnswered_TheNextOneUsesItAnewWithItsWholeTime()
    {
        using var caller = new CancellationTokenSource();
        var first = _deadlines.Begin(caller.Token);
        _clock.Advance(TimeSpan.FromSeconds(2));
        _deadlines.End(first);
        var second = _deadlines.Begin(CancellationToken.None);

        caller.Cancel();
        _clock.Advance(TimeSpan.FromSeconds(2));
        var early = second.Token.IsCancellationRequested;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(first, second);
        Assert.False(early);
        Assert.True(second.Token.IsCancellationRequested);
    }

    [Fact]
    public void End_RequestWasCancelled_TheNextOneGetsAnother()
    {
        var late = _deadlines.Begin(CancellationToken.None);
        _clock.Advance(RequestTimeout);
        _deadlines.End(late);
        using var caller = new CancellationTokenSource();
        var abandoned = _deadlines.Begin(caller.Token);
        caller.Cancel();
        _deadlines.End(abandoned);

        var next = _deadlines.Begin(CancellationToken.None);

        Assert.NotSame(late, next);
        Assert.NotSame(abandoned, next);
        Assert.False(next.Token.IsCancellationRequested);
    }
}
