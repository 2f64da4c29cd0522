namespace CoffeePayment.Tests.Engine;

[Alias("conformance.ITimeoutGrain")]
public interface ITimeoutGrain : IGrainWithStringKey
{
    [Alias("Wait")]
    Task WaitAsync(string gate);

    /// <summary>Calls the other grain, which calls back to this one.</summary>
    [Alias("CallInACircle")]
    Task CallInACircleAsync(string otherKey);

    [Alias("CallBack")]
    Task CallBackAsync(string callerKey);

    [Alias("CallSelf")]
    Task CallSelfAsync();

    [Alias("Answer")]
    Task<string> AnswerAsync();

    /// <summary>Reports under its key when its token is canceled.</summary>
    [Alias("WaitForCancellation")]
    Task WaitForCancellationAsync(CancellationToken cancellationToken);
}

public sealed class TimeoutGrain(Probe probe) : Grain, ITimeoutGrain
{
    public async Task WaitAsync(string gate)
    {
        await probe.PassAsync(gate);
        probe.Report(gate, "done");
    }

    public Task CallInACircleAsync(string otherKey) =>
        GrainFactory.GetGrain<ITimeoutGrain>(otherKey).CallBackAsync(this.GetPrimaryKeyString());

    public Task CallBackAsync(string callerKey) => GrainFactory.GetGrain<ITimeoutGrain>(callerKey).AnswerAsync();

    public Task CallSelfAsync() => this.AsReference<ITimeoutGrain>().AnswerAsync();

    public Task<string> AnswerAsync() => Task.FromResult("answer");

    public async Task WaitForCancellationAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => canceled.TrySetResult());
        await canceled.Task;
        probe.Report(this.GetPrimaryKeyString(), "canceled");
    }
}
