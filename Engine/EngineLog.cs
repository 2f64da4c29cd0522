using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CoffeePayment.Engine;

/// <summary>What the engine logs.</summary>
internal sealed partial class EngineLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Silo {Silo} of service {ServiceId} has started")]
    public partial void SiloStarted(string silo, string serviceId);

    [LoggerMessage(2, LogLevel.Information, "Silo {Silo} has stopped; {Left} activations were not ended in time")]
    public partial void SiloStopped(string silo, int left);

    [LoggerMessage(3, LogLevel.Error, "Grain {GrainId} could not be activated")]
    public partial void ActivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Grain {GrainId} failed to deactivate cleanly")]
    public partial void DeactivationFailed(GrainId grainId, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "A timer's callback of grain {GrainId} failed; the timer goes on")]
    public partial void TickFailed(GrainId grainId, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "One-way call {Method} to grain {GrainId} failed")]
    public partial void OneWayFailed(string method, GrainId grainId, Exception exception);

    [LoggerMessage(9, LogLevel.Error, "Something in {Activation} failed outside of its calls and timers")]
    public partial void TurnFailed(string activation, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "Work of the engine failed")]
    public partial void WorkFailed(Exception exception);

    [LoggerMessage(
        7, LogLevel.Error, "Reminder {Reminder} of grain {GrainId} could not be delivered; it stays registered")]
    public partial void ReminderFailed(string reminder, GrainId grainId, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "The reminders could not be read; the ones known stay")]
    public partial void RemindersNotRead(Exception exception);
}
