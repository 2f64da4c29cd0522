namespace CoffeePayment.Tests.Engine;

[Alias("conformance.IActivatedGrain")]
public interface IActivatedGrain : IGrainWithStringKey
{
    [Alias("GetInstance")]
    Task<Guid> GetInstanceAsync();
}

[Alias("conformance.ISlowlyActivatedGrain")]
public interface ISlowlyActivatedGrain : IGrainWithStringKey
{
    [Alias("Call")]
    Task CallAsync();
}

[Alias("conformance.IUnconstructableGrain")]
public interface IUnconstructableGrain : IGrainWithStringKey
{
    [Alias("Call")]
    Task CallAsync();
}

/// <summary>Reports its steps under its key; fails to activate when the probe says so.</summary>
public sealed class ActivatedGrain : Grain, IActivatedGrain
{
    private readonly Probe _probe;
    private readonly Guid _instance = Guid.NewGuid();

    public ActivatedGrain(Probe probe, IGrainContext context)
    {
        _probe = probe;
        _probe.Report(context.GrainId.Key.ToString()!, "created");
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        _probe.FailIfTold(this.GetPrimaryKeyString());
        _probe.Report(this.GetPrimaryKeyString(), "activated");
    }

    public Task<Guid> GetInstanceAsync()
    {
        _probe.Report(this.GetPrimaryKeyString(), "called");
        return Task.FromResult(_instance);
    }
}

/// <summary>Activates when the gate of its key opens.</summary>
public sealed class SlowlyActivatedGrain(Probe probe) : Grain, ISlowlyActivatedGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Report(this.GetPrimaryKeyString(), "activating");
        await probe.PassAsync(this.GetPrimaryKeyString());
        probe.Report(this.GetPrimaryKeyString(), "activated");
    }

    public Task CallAsync()
    {
        probe.Report(this.GetPrimaryKeyString(), "called");
        return Task.CompletedTask;
    }
}

public sealed class UnconstructableGrain : Grain, IUnconstructableGrain
{
    public UnconstructableGrain() => throw new InvalidOperationException("It cannot be constructed.");

    public Task CallAsync() => Task.CompletedTask;
}
