using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Activations;

/// <summary>From the first call to the last: activating, active, deactivating, gone.</summary>
internal sealed partial class Activation
{
    private volatile Status _status;
    private Ending? _ending;
    private TaskCompletionSource? _deactivated;
    private bool _wasActive;

    private enum Status : byte
    {
        Activating,
        Active,
        Deactivating,
        Gone,
    }

    public Task Deactivated
    {
        get
        {
            if (_deactivated is null)
            {
                var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                Interlocked.CompareExchange(ref _deactivated, source, null);
            }

            // It may have ended just before there was something to complete.
            if (_status == Status.Gone) _deactivated.TrySetResult();
            return _deactivated.Task;
        }
    }

    /// <summary>May be asked from any thread.</summary>
    public bool IsActive => _status == Status.Active;

    /// <summary>Whether it is to end. Asked in its own turns.</summary>
    public bool IsEnding => _ending is not null;

    public void Activate() => Post(() => _ = ActivateAsync());

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (IsCurrent) BeginDeactivation(deactivationReason);
        else Post(() => BeginDeactivation(deactivationReason));
    }

    private async Task ActivateAsync()
    {
        using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.Clock.Provider);
        try
        {
            // Asked of one that is in the catalog already: by a later view it is found there, and ended.
            if (Silo.HomeOf(GrainId) is not null
                || (!Silo.Handover.IsSettled && !await Silo.Handover.ClaimAsync(this, timeout.Token)))
            {
                _ending ??= new Ending(new DeactivationReason(
                    DeactivationReasonCode.DuplicateActivation, "The grain lives on another silo."), Silo);
                await EndAsync();
                return;
            }

            foreach (var state in Construct()) await state.ReadAsync(timeout.Token).WaitAsync(timeout.Token);
            if (GrainInstance is IGrainBase grain) await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
        }
        catch (Exception exception)
        {
            var reason = exception is OperationCanceledException && timeout.IsCancellationRequested
                ? new TimeoutException(
                    $"Grain {GrainId} was not activated within {Silo.Collection.ActivationTimeout}.", exception)
                : exception;
            Silo.Log.ActivationFailed(GrainId, reason);
            _ending ??= new Ending(new DeactivationReason(
                DeactivationReasonCode.ActivationFailed, reason, "The activation failed."), Silo);
        }

        if (_ending is not null)
        {
            await EndAsync();
            return;
        }

        Touch();
        _wasActive = true;
        _status = Status.Active;
        Class.CountActive(1);
        EngineMetrics.Activated.Add(1);
        StartWhatMixes();
        Pump();
    }

    private List<IActivationState> Construct()
    {
        var states = new List<IActivationState>(1);
        _underConstruction = this;
        try
        {
            GrainInstance = Class.Construct(this, states);
        }
        finally
        {
            _underConstruction = null;
        }

        return states;
    }

    private void BeginDeactivation(DeactivationReason reason)
    {
        if (_ending is not null || _status == Status.Gone) return;
        _ending = new Ending(reason, Silo);

        // One that is being activated looks at it when it is done.
        if (_status != Status.Active) return;
        _status = Status.Deactivating;
        if (_running == 0) FinishDeactivation();
        else _ending!.OnTimeout(() => Post(FinishDeactivation));
    }

    private void FinishDeactivation()
    {
        if (_ending!.TryFinish()) _ = EndAsync();
    }

    private async Task EndAsync()
    {
        var ending = _ending!;
        while (_timers is not null) _timers.Dispose();
        try
        {
            if (_wasActive && GrainInstance is IGrainBase grain)
                await grain.OnDeactivateAsync(ending.Reason, ending.Token).WaitAsync(ending.Token);
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(GrainId, exception);
        }

        await DisposeAsync();
        _status = Status.Gone;
        Silo.Catalog.Remove(this);
        if (_wasActive)
        {
            Class.CountActive(-1);
            EngineMetrics.Deactivated.Add(1);
        }

        ending.Dispose();
        while (_waiting is { Count: > 0 }) GiveAway(_waiting.Dequeue());
        Volatile.Read(ref _deactivated)?.TrySetResult();
    }

    private bool LivesElsewhere => _ending!.Reason.ReasonCode is DeactivationReasonCode.Migrating
        or DeactivationReasonCode.ShuttingDown or DeactivationReasonCode.DuplicateActivation;

    // Who called a grain that could not be activated hears why; who called one that was ending reaches the next
    // activation.
    private void GiveAway(Turn turn)
    {
        if (_wasActive || LivesElsewhere) turn.Forward();
        else
            turn.Reject(_ending!.Reason.Exception
                ?? new OrleansException($"Grain {GrainId} ended while it was activated. {_ending.Reason}"));
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (GrainInstance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (GrainInstance as IDisposable)?.Dispose();
            if (_scope is IAsyncDisposable scope) await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Silo.Log.DeactivationFailed(GrainId, exception);
        }
    }
}
