using Orleans;

namespace CoffeePayment.Engine.Activations;

/// <summary>How long it has not been used, and what follows from it.</summary>
internal sealed partial class Activation
{
    private long _lastUsed;
    private long _keepUntil;

    public void DelayDeactivation(TimeSpan timeSpan) =>
        _keepUntil = timeSpan == TimeSpan.MaxValue || timeSpan == Timeout.InfiniteTimeSpan ? long.MaxValue
            : timeSpan <= TimeSpan.Zero ? 0
            : Silo.Clock.Now + timeSpan.Ticks;

    /// <summary>
    /// Deactivates if it has not been used for that long. A busy one is seen at a glance, the rest is decided in its
    /// turn.
    /// </summary>
    public void CollectIfIdle(TimeSpan age)
    {
        if (IsIdle(age)) Post(() => TryCollect(age));
    }

    /// <summary>
    /// The same without the glance, which would take a call that has just been answered for one that runs. Completes
    /// with the activation's end, at once if it is to stay.
    /// </summary>
    public async Task CollectIfIdleAsync(TimeSpan age)
    {
        var decided = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => decided.TrySetResult(TryCollect(age)));
        if (await decided.Task) await Deactivated;
    }

    private bool TryCollect(TimeSpan age)
    {
        if (!IsIdle(age)) return false;
        BeginDeactivation(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Not used for {age}."));
        return true;
    }

    private bool IsIdle(TimeSpan age)
    {
        var now = Silo.Clock.Now;
        return _status == Status.Active && _running == 0 && now - _lastUsed >= age.Ticks && now >= _keepUntil;
    }

    private void Touch() => _lastUsed = Silo.Clock.Now;
}
