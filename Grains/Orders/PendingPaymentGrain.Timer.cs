using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Orders;

// One one-shot timer, armed anew after every step, and those who wait for a step or a change.
public sealed partial class PendingPaymentGrain
{
    /// <summary>
    /// A timer that fires this close before its time is imprecise; earlier, the clock has been set back or the tick is an
    /// old one, which the time that has passed tells.
    /// </summary>
    private static readonly TimeSpan TimerImprecision = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long a caller waits for the next step, which is below its own timeout. In an activation that is to end no
    /// tick overtakes the calls that go to the next one, and the activation does not end while it is waited for.
    /// </summary>
    private static readonly TimeSpan StepPatience = TimeSpan.FromSeconds(20);

    private IGrainTimer? _timer;

    /// <summary>What the timer is armed for.</summary>
    private DateTimeOffset _armedFor;

    /// <summary>
    /// When it was armed, as a timestamp, and for how long. A tick that comes before that has passed is left over from
    /// an earlier arming: it waited for its turn behind the call that armed anew.
    /// </summary>
    private (long At, TimeSpan DueTime) _arming;

    /// <summary>Whether somebody wants a step before the order is due.</summary>
    private bool _isHinted;

    /// <summary>Whether somebody wanted the step under way before the order was due.</summary>
    private bool _isStepHinted;

    /// <summary>When the step under way started; null while there is none.</summary>
    private DateTimeOffset? _stepStartedAt;

    private TaskCompletionSource? _currentStep;
    private TaskCompletionSource? _nextStep;
    private TaskCompletionSource? _change;

    private void Arm(DateTimeOffset at)
    {
        _armedFor = at;
        Arm(at - Now);
    }

    private void Arm(TimeSpan remaining)
    {
        // Timers count whole milliseconds and cut the rest off: rounded up, so that no check starts early.
        var dueTime = remaining <= TimeSpan.Zero
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds));
        _arming = (services.Time.GetTimestamp(), dueTime);

        if (_timer is null)
        {
            _timer = this.RegisterGrainTimer(
                static grain => grain.StepAsync(),
                this,
                new GrainTimerCreationOptions(dueTime, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        }
        else
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Arms the timer for what the order is due for; an order that nobody needs to watch lets go.</summary>
    private void ArmForNext()
    {
        if (_isHinted)
            Arm(Now);
        else if (_order is { Status: OrderStatus.Pending or OrderStatus.Paid, DueAt: { } dueAt })
            Arm(dueAt);
        else
            Retire();
    }

    /// <summary>
    /// Lets go. The runtime waits for calls that have not been answered before it tells the activation that it ends,
    /// and new ones wait for that: nobody may be left to wait for a step or a change that this activation will not see.
    /// </summary>
    private void Retire()
    {
        _timer?.Dispose();
        _timer = null;
        ReleaseWaiters();
        DeactivateOnIdle();
    }

    private bool IsTooEarly()
    {
        if (_isHinted) return false;

        var early = _armedFor - Now;
        if (early > TimerImprecision) early = _arming.DueTime - services.Time.GetElapsedTime(_arming.At);
        if (early <= TimeSpan.Zero) return false;

        Arm(early);
        return true;
    }

    private void BringForward()
    {
        _isHinted = true;
        if (_stepStartedAt is null) Arm(Now);
    }

    private async Task NextStepAsync()
    {
        BringForward();
        var step = Awaited(ref _nextStep);
        using var patience = services.Time.CreateTimer(
            _ => step.TrySetException(new TimeoutException($"No step was taken within {StepPatience.TotalSeconds} s.")),
            state: null,
            StepPatience,
            Timeout.InfiniteTimeSpan);
        await step.Task;
    }

    private Task CurrentStepAsync() => Awaited(ref _currentStep).Task;

    /// <summary>
    /// What those wait for who ask now. Who asked before may have waited for it too long, and given it up.
    /// </summary>
    private static TaskCompletionSource Awaited(ref TaskCompletionSource? step)
    {
        if (step is null or { Task.IsCompleted: true })
            step = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return step;
    }

    private void BeginStep()
    {
        _stepStartedAt = Now;
        _isStepHinted = _isHinted;
        _isHinted = false;
        _isAdopted = true;
        _currentStep = _nextStep;
        _nextStep = null;
    }

    private void EndStep()
    {
        _stepStartedAt = null;
        _currentStep?.TrySetResult();
        _currentStep = null;
    }

    private async Task ChangeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _change.Task.WaitAsync(timeout, services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nothing changed, which is an answer too.
        }
    }

    private void ReleaseChangeWaiters()
    {
        _change?.TrySetResult();
        _change = null;
    }

    private void ReleaseWaiters()
    {
        ReleaseChangeWaiters();
        EndStep();
        _nextStep?.TrySetResult();
        _nextStep = null;
    }
}
