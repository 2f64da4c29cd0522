using Microsoft.Extensions.Logging;

namespace CoffeePayment.Grains.Sweeping;

public sealed partial class OrphanSweeperGrain
{
    private static partial class Log
    {
        /// <summary>An idle sweep is told at debug level, or six a minute would bury what matters.</summary>
        public static void Swept(ILogger logger, SweepReport report) => Swept(
            logger,
            report is { Overdue: 0, Forgotten: 0 } ? LogLevel.Debug : LogLevel.Information,
            report.Pending,
            report.Overdue,
            report.Restarted,
            report.Repaired,
            report.Unreachable,
            report.Forgotten,
            report.Duration.TotalMilliseconds);

        [LoggerMessage(1102, LogLevel.Warning, "Order {OrderId} was not restarted; the next sweep tries again")]
        public static partial void NotRestarted(ILogger logger, string orderId, Exception exception);

        [LoggerMessage(
            1103,
            LogLevel.Warning,
            "Order {OrderId} is past its retention and was not deleted; a later sweep tries again")]
        public static partial void NotForgotten(ILogger logger, string orderId, Exception exception);

        [LoggerMessage(
            1106,
            LogLevel.Warning,
            "Order {OrderId}, due at {DueAt:O}, has no state and is dropped from the indexes: its registration was never "
                + "acknowledged, or the storage has lost it")]
        public static partial void WithoutState(ILogger logger, string orderId, DateTimeOffset dueAt);

        [LoggerMessage(1104, LogLevel.Information, "Silo {Silo} is dead: its orders are taken over")]
        public static partial void TakingOver(ILogger logger, string silo);

        [LoggerMessage(
            EventId = 1101,
            Message = "Sweep: {Pending} pending, {Overdue} overdue, {Restarted} restarted, {Repaired} repaired, "
                + "{Unreachable} unreachable, {Forgotten} forgotten, {DurationMs:0.0} ms")]
        private static partial void Swept(
            ILogger logger,
            LogLevel level,
            long pending,
            int overdue,
            int restarted,
            int repaired,
            int unreachable,
            int forgotten,
            double durationMs);
    }
}
