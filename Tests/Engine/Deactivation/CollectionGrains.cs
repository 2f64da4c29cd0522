namespace CoffeePayment.Tests.Engine;

[Alias("conformance.ICollectedGrain")]
public interface ICollectedGrain : IGrainWithStringKey
{
    [Alias("StartTimer")]
    Task StartTimerAsync(TimeSpan period, bool keepAlive);

    [Alias("GetActivations")]
    Task<int> GetActivationsAsync();

    [Alias("DelayDeactivation")]
    Task DelayDeactivationAsync(TimeSpan time);

    [Alias("Wait")]
    Task WaitAsync(string gate);
}

[Alias("conformance.ILongLivedGrain")]
public interface ILongLivedGrain : IGrainWithStringKey
{
    [Alias("GetInstance")]
    Task<Guid> GetInstanceAsync();
}

/// <summary>Reports its deactivation under its key.</summary>
public sealed class CollectedGrain(Probe probe) : Grain, ICollectedGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Report(Key + "/activations", "activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report(Key, reason.ReasonCode.ToString());
        return Task.CompletedTask;
    }

    public Task StartTimerAsync(TimeSpan period, bool keepAlive)
    {
        this.RegisterGrainTimer(() => Task.CompletedTask, new(period, period) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task<int> GetActivationsAsync() => Task.FromResult(probe.Happened(Key + "/activations").Count);

    public Task DelayDeactivationAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task WaitAsync(string gate) => probe.PassAsync(gate);
}

/// <summary>Stays for an hour without work, whatever the silo's age is.</summary>
[CollectionAgeLimit(Hours = 1)]
public sealed class LongLivedGrain : Grain, ILongLivedGrain
{
    private readonly Guid _instance = Guid.NewGuid();

    public Task<Guid> GetInstanceAsync() => Task.FromResult(_instance);
}
