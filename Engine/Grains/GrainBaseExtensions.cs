using CoffeePayment.Engine.Activations;
using CoffeePayment.Engine.Timers;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class can do, whether or not it derives from <see cref="Grain"/>.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Deactivates once the calls that run now are done; later ones reach a new activation.</summary>
    public static void DeactivateOnIdle(this IGrainBase grain) => grain.GrainContext.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(grain, callback, new GrainTimerCreationOptions(dueTime, period));

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Start(grain, static (callback, _) => callback(), callback, options, takesToken: false);
    }

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(grain, callback, new GrainTimerCreationOptions(dueTime, period));

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Start(grain, static (callback, token) => callback(token), callback, options, takesToken: true);
    }

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, TimeSpan dueTime, TimeSpan period) =>
        RegisterGrainTimer(grain, callback, state, new GrainTimerCreationOptions(dueTime, period));

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain, Func<TState, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Start(
            grain, static (pair, _) => pair.callback(pair.state), (callback, state), options, takesToken: false);
    }

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        TimeSpan dueTime,
        TimeSpan period) =>
        RegisterGrainTimer(grain, callback, state, new GrainTimerCreationOptions(dueTime, period));

    /// <inheritdoc cref="Start"/>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Start(grain, callback, state, options, takesToken: true);
    }

    /// <summary>
    /// Calls back when <see cref="GrainTimerCreationOptions.DueTime"/> has passed, and then again
    /// <see cref="GrainTimerCreationOptions.Period"/> after each callback has ended. Ticks of one timer never overlap.
    /// The token is cancelled when the timer is disposed or the grain deactivates.
    /// </summary>
    private static IGrainTimer Start<TState>(
        IGrainBase grain,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options,
        bool takesToken)
    {
        ArgumentNullException.ThrowIfNull(grain);
        return GrainTimer.Start((Activation)grain.GrainContext, callback, state, options, takesToken);
    }
}
