namespace CoffeePayment.Tests.Engine;

[Alias("conformance.ICancellationGrain")]
public interface ICancellationGrain : IGrainWithStringKey
{
    /// <summary>Waits for the gate or the cancellation and reports which it was.</summary>
    [Alias("Wait")]
    Task WaitAsync(string gate, CancellationToken cancellationToken);

    [Alias("WaitThrough")]
    Task WaitThroughAsync(string otherKey, CancellationToken cancellationToken);

    [Alias("Block")]
    Task BlockAsync(string gate);

    [Alias("CanBeCanceled")]
    Task<bool> CanBeCanceledAsync(CancellationToken cancellationToken);

    [Alias("Add")]
    Task<int> AddAsync(int left, int right, CancellationToken cancellationToken);
}

public sealed class CancellationGrain(Probe probe) : Grain, ICancellationGrain
{
    public async Task WaitAsync(string gate, CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        probe.Report(key, "waiting");
        try
        {
            await probe.PassAsync(gate).WaitAsync(cancellationToken);
            probe.Report(key, "passed");
        }
        catch (OperationCanceledException)
        {
            probe.Report(key, cancellationToken.IsCancellationRequested ? "canceled" : "stopped");
            throw;
        }
    }

    public Task WaitThroughAsync(string otherKey, CancellationToken cancellationToken) =>
        GrainFactory.GetGrain<ICancellationGrain>(otherKey).WaitAsync(otherKey, cancellationToken);

    public Task BlockAsync(string gate)
    {
        probe.Report(this.GetPrimaryKeyString(), "blocked");
        return probe.PassAsync(gate);
    }

    public Task<bool> CanBeCanceledAsync(CancellationToken cancellationToken) =>
        Task.FromResult(cancellationToken.CanBeCanceled);

    public Task<int> AddAsync(int left, int right, CancellationToken cancellationToken) =>
        Task.FromResult(left + right);
}
