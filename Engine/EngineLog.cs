using CoffeePayment.Engine.Messaging;
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

    [LoggerMessage(11, LogLevel.Debug, "A {Kind} to {Target} was lost")]
    public partial void MessageLost(MessageKind kind, SiloAddress target, Exception reason);

    [LoggerMessage(23, LogLevel.Warning, "A one-way call of grain {GrainId} by {Sender} was not carried out")]
    public partial void OneWayLost(GrainId grainId, SiloAddress sender);

    [LoggerMessage(12, LogLevel.Warning, "The cluster's membership could not be read; what is known stays")]
    public partial void MembershipNotRead(Exception exception);

    [LoggerMessage(13, LogLevel.Information, "{Count} grains were handed over to other silos by membership {Version}")]
    public partial void HandedOver(int count, long version);

    [LoggerMessage(14, LogLevel.Debug, "Silo {Silo} was not told that the grains were handed over; it will ask")]
    public partial void HandoverNotTold(SiloAddress silo, Exception exception);

    [LoggerMessage(15, LogLevel.Debug, "Grain {GrainId} was not released by silo {Silo} yet; it is asked again")]
    public partial void NotReleased(GrainId grainId, SiloAddress silo, Exception exception);

    [LoggerMessage(16, LogLevel.Critical, "Silo {Silo} was declared dead by the cluster and stops: {Reason}")]
    public partial void DeclaredDead(string silo, string reason);

    [LoggerMessage(
        21, LogLevel.Warning, "Silo {Silo} was paused; it holds back its work until it knows that it is a member")]
    public partial void Uncertain(string silo);

    [LoggerMessage(22, LogLevel.Warning, "Silo {Silo} is still a member; {Count} timers and calls go on")]
    public partial void Certain(string silo, int count);

    [LoggerMessage(17, LogLevel.Warning, "Silo {Silo} did not leave the cluster cleanly; the others will find out")]
    public partial void NotLeftCleanly(string silo, Exception exception);

    [LoggerMessage(18, LogLevel.Debug, "Gateway {Gateway} does not answer")]
    public partial void GatewayNotReached(SiloAddress gateway, Exception exception);

    [LoggerMessage(19, LogLevel.Warning, "The list of gateways could not be read; the ones known stay")]
    public partial void GatewaysNotRead(Exception exception);

    [LoggerMessage(20, LogLevel.Information, "The client calls the cluster over {Count} gateways now")]
    public partial void GatewaysChanged(int count);
}
