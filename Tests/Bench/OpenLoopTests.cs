using CoffeePayment.Bench.Measuring;

namespace CoffeePayment.Tests.Bench;

public sealed class OpenLoopTests
{
    private static readonly Pace AtOnce = new(1_000_000);

    [Fact]
    public async Task Run_WorkThatWaitsForLaterWork_IsNotHeldUp()
    {
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var durationsMs = await OpenLoop.RunAsync(
            100,
            AtOnce,
            number =>
            {
                if (number == 99) last.SetResult();
                return last.Task;
            },
            CancellationToken.None);

        Assert.Equal(100, durationsMs.Length);
    }

    [Fact]
    public async Task Run_EveryPiece_RunsOnce()
    {
        var runs = new int[1_000];

        await OpenLoop.RunAsync(
            runs.Length,
            AtOnce,
            number =>
            {
                Interlocked.Increment(ref runs[number]);
                return Task.CompletedTask;
            },
            CancellationToken.None);

        Assert.All(runs, static count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Run_WorkThatFails_FailsAsItDid()
    {
        var failure = new InvalidOperationException("refused");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => OpenLoop.RunAsync(
            10,
            AtOnce,
            number => number == 5 ? Task.FromException(failure) : Task.CompletedTask,
            CancellationToken.None));

        Assert.Same(failure, thrown);
    }
}
