namespace CoffeePayment.Silo.Tmetr;

public sealed partial class TmetrCoffeeMachine
{
    [LoggerMessage(
        2050,
        LogLevel.Debug,
        "Command {CommandId} accepted by machine {DeviceUuid} after {ElapsedMs:F0} ms")]
    private partial void LogAccepted(string commandId, string deviceUuid, double elapsedMs);

    [LoggerMessage(
        2051,
        LogLevel.Warning,
        "Command {CommandId} refused by machine {DeviceUuid}: {Reason}, after {ElapsedMs:F0} ms")]
    private partial void LogRefused(string commandId, string deviceUuid, string reason, double elapsedMs);

    [LoggerMessage(
        2052,
        LogLevel.Warning,
        "Nobody knows whether machine {DeviceUuid} got command {CommandId}: {Reason}, after {ElapsedMs:F0} ms")]
    private partial void LogUnknown(string commandId, string deviceUuid, string reason, double elapsedMs);

    [LoggerMessage(2053, LogLevel.Debug, "Sending command {CommandId} failed")]
    private partial void LogFailure(Exception exception, string commandId);
}
