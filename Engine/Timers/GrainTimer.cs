using CoffeePayment.Engine.Activations;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Timers;

/// <summary>
/// A grain's timer. It is itself the turn that its ticks are, so a tick allocates nothing. The next tick is set when
/// one has ended: ticks cannot overlap or pile up.
/// </summary>
internal abstract class GrainTimer(Activation activation, GrainTimerCreationOptions options) : Turn, IGrainTimer, ITimed
{
    private readonly bool _interleave = options.Interleave;
    private readonly bool _keepAlive = options.KeepAlive;
    private TimeSpan _dueTime = options.DueTime;
    private TimeSpan _period = options.Period;
    private CancellationTokenSource? _cancellation;
    private int _isTicking;
    private bool _isChanged;
    private volatile bool _isDisposed;

    public sealed override bool Interleaves => _interleave;

    public sealed override bool IsReadOnly => false;

    public sealed override bool KeepsAlive => _keepAlive;

    public sealed override bool IsLocalOnly => true;

    /// <summary>The neighbours among the timers of the activation, for its use.</summary>
    public GrainTimer? Next { get; set; }

    public GrainTimer? Previous { get; set; }

    int ITimed.Slot { get; set; } = -1;

    protected CancellationToken Token => (_cancellation ??= new CancellationTokenSource()).Token;

    private TimerQueue Queue => activation.Silo.Timers;

    /// <param name="activation">Whose timer it is; the caller is in one of its turns.</param>
    /// <param name="callback">What a tick does.</param>
    /// <param name="state">What it gets.</param>
    /// <param name="options">When it ticks, and how.</param>
    /// <param name="takesToken">Whether it looks at its token; else none is made.</param>
    public static IGrainTimer Start<TState>(
        Activation activation,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options,
        bool takesToken)
    {
        Validate(options.DueTime, options.Period);
        if (!activation.IsCurrent)
        {
            throw new InvalidOperationException(
                $"A timer of {activation} can only be registered in one of its turns; "
                + "the code that tries runs elsewhere.");
        }

        var timer = new GrainTimer<TState>(activation, callback, state, options, takesToken);
        activation.Add(timer);
        timer.Queue.Schedule(timer, options.DueTime);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
        _isChanged = true;
        _dueTime = dueTime;
        _period = period;
        if (_isTicking == 0 && !_isDisposed) Queue.Schedule(this, dueTime);
    }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        Queue.Cancel(this);
        _cancellation?.Cancel();
        if (activation.IsCurrent) activation.Remove(this);
        else activation.Post(() => activation.Remove(this));
    }

    public sealed override void Run(Activation activation) => _ = TickAsync();

    public sealed override void Reject(Exception reason)
    {
    }

    public sealed override void Forward()
    {
    }

    void ITimed.OnDue()
    {
        if (activation.Silo.Fence.IsOpen) Tick();
        else activation.Silo.Fence.Hold(Tick);
    }

    protected abstract Task CallBack();

    private void Tick()
    {
        if (Interlocked.Exchange(ref _isTicking, 1) == 0) activation.Post(this);
    }

    private static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
    }

    private async Task TickAsync()
    {
        _isChanged = false;
        if (!_isDisposed)
        {
            EngineMetrics.Ticks.Add(1);
            var began = activation.Class.Profile?.Begin() ?? 0;
            Exception? failure = null;
            try
            {
                await CallBack();
            }
            catch (Exception exception)
            {
                // One that was disposed of during its tick ends as it was told to.
                if (!(_isDisposed && exception is OperationCanceledException)) failure = exception;
            }

            if (failure is not null) activation.Silo.Log.TickFailed(activation.GrainId, failure);
            activation.Class.Profile?.EndTick(began, failure);
        }

        Volatile.Write(ref _isTicking, 0);
        if (!_isDisposed) Queue.Schedule(this, _isChanged ? _dueTime : _period);
        activation.Ended(this);
    }
}

internal sealed class GrainTimer<TState>(
    Activation activation,
    Func<TState, CancellationToken, Task> callback,
    TState state,
    GrainTimerCreationOptions options,
    bool takesToken)
    : GrainTimer(activation, options)
{
    protected override Task CallBack() => callback(state, takesToken ? Token : CancellationToken.None);
}
