using Orleans.Concurrency;

namespace CoffeePayment.Tests.Engine;

[Alias("conformance.IDeactivatedGrain")]
public interface IDeactivatedGrain : IGrainWithStringKey
{
    [Alias("GetInstance")]
    Task<Guid> GetInstanceAsync();

    /// <summary>Asks for deactivation, then waits for the gate if there is one.</summary>
    [Alias("Deactivate")]
    Task DeactivateAsync(string? gate);

    [Alias("DeactivateFromTimer")]
    Task DeactivateFromTimerAsync();

    /// <summary>Asks for deactivation, then waits for a tick of a timer.</summary>
    [AlwaysInterleave]
    [Alias("DeactivateAndAwaitTick")]
    Task DeactivateAndAwaitTickAsync();

    [Alias("DelayDeactivation")]
    Task DelayDeactivationAsync(TimeSpan time);

    /// <summary>Makes the end of this activation wait for the gate.</summary>
    [Alias("WaitInOnDeactivate")]
    Task WaitInOnDeactivateAsync(string gate);

    [Alias("FailInOnDeactivate")]
    Task FailInOnDeactivateAsync();

    [Alias("CallFromOnDeactivate")]
    Task CallFromOnDeactivateAsync(string otherKey);
}

/// <summary>Reports the beginning and end of its activations under its key.</summary>
public sealed class DeactivatedGrain(Probe probe) : Grain, IDeactivatedGrain
{
    private readonly Guid _instance = Guid.NewGuid();
    private string? _gate;
    private string? _otherKey;
    private bool _fails;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Report(Key, "activated");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report(Key, $"deactivating: {reason.ReasonCode}");
        if (_fails)
            throw new InvalidOperationException("It fails to deactivate.");
        if (_gate is not null)
            await probe.PassAsync(_gate);
        if (_otherKey is not null)
            await GrainFactory.GetGrain<IDeactivatedGrain>(_otherKey).GetInstanceAsync();
        probe.Report(Key, "deactivated");
    }

    public Task<Guid> GetInstanceAsync() => Task.FromResult(_instance);

    public async Task DeactivateAsync(string? gate)
    {
        DeactivateOnIdle();
        probe.Report(Key, "asked");
        if (gate is not null)
            await probe.PassAsync(gate);
        probe.Report(Key, "call ends");
    }

    public Task DeactivateFromTimerAsync()
    {
        this.RegisterGrainTimer(
            () =>
            {
                DeactivateOnIdle();
                return Task.CompletedTask;
            },
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public async Task DeactivateAndAwaitTickAsync()
    {
        var ticked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        DeactivateOnIdle();
        probe.Report(Key, "asked");
        this.RegisterGrainTimer(
            () =>
            {
                probe.Report(Key, "tick");
                ticked.SetResult();
                return Task.CompletedTask;
            },
            TimeSpan.Zero,
            Timeout.InfiniteTimeSpan);
        await ticked.Task;
        probe.Report(Key, "call ends");
    }

    public Task DelayDeactivationAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task WaitInOnDeactivateAsync(string gate)
    {
        _gate = gate;
        return Task.CompletedTask;
    }

    public Task FailInOnDeactivateAsync()
    {
        _fails = true;
        return Task.CompletedTask;
    }

    public Task CallFromOnDeactivateAsync(string otherKey)
    {
        _otherKey = otherKey;
        return Task.CompletedTask;
    }
}

[Alias("conformance.IUnwillingGrain")]
public interface IUnwillingGrain : IGrainWithStringKey
{
    [Alias("Call")]
    Task CallAsync();
}

/// <summary>Asks for its end as soon as it begins, and reports what it is told under its key.</summary>
public sealed class UnwillingGrain(Probe probe) : Grain, IUnwillingGrain
{
    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        probe.Report(Key, "activated");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Report(Key, "deactivating");
        return Task.CompletedTask;
    }

    public Task CallAsync()
    {
        probe.Report(Key, "called");
        return Task.CompletedTask;
    }
}
