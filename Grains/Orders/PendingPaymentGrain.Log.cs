using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Microsoft.Extensions.Logging;

namespace CoffeePayment.Grains.Orders;

public sealed partial class PendingPaymentGrain
{
    private static partial class Log
    {
        /// <summary>
        /// What a check asked, and what it was told. At debug level: there are thousands of them a second.
        /// </summary>
        public static void Checked(
            ILogger logger,
            PaymentOrder order,
            ProviderAnswer answer,
            DateTimeOffset startedAt,
            TimeSpan duration,
            PaymentOptions options)
        {
            if (!logger.IsEnabled(LogLevel.Debug)) return;

            var registration = order.Registration;
            Checked(
                logger,
                order.Id,
                order.CheckAttempts + 1,
                registration.PaymentReferenceId,
                registration.MerchantId,
                order.Track is { } track ? WireNames.Of(track) : "none",
                (startedAt - (registration.PaymentStartedAt ?? startedAt)).TotalSeconds,
                options.ApiTimeout.TotalSeconds,
                ProviderAnswerTexts.DetailOf(answer),
                duration.TotalMilliseconds);
        }

        public static void StatusChanged(ILogger logger, PaymentOrder? before, PaymentOrder after)
        {
            if (!logger.IsEnabled(LogLevel.Information)) return;

            StatusChanged(
                logger,
                after.Id,
                before is null ? "none" : WireNames.Of(before.Status),
                WireNames.Of(after.Status),
                after.StatusReason ?? "none",
                after.DueAt);
        }

        public static void MakeAnswered(ILogger logger, string orderId, string device, MakeAnswer answer)
        {
            switch (answer)
            {
                case MakeAnswer.Refused refused:
                    MakeFailed(logger, orderId, device, "refused", refused.Reason);
                    break;
                case MakeAnswer.Unknown unknown:
                    MakeFailed(logger, orderId, device, "unknown", unknown.Reason);
                    break;
                default:
                    MakeAccepted(logger, orderId, device);
                    break;
            }
        }

        public static void LostRace(OrderServices services, string orderId, Exception exception)
        {
            if (services.LostRaces.TryTake(out var more)) LostRace(services.Logger, orderId, more, exception);
        }

        public static void StepFailed(OrderServices services, string orderId, Exception exception)
        {
            if (services.FailedSteps.TryTake(out var more)) StepFailed(services.Logger, orderId, more, exception);
        }

        public static void IndexLeftBehind(OrderServices services, string orderId, Exception exception)
        {
            if (services.IndexesLeftBehind.TryTake(out var more))
                IndexLeftBehind(services.Logger, orderId, more, exception);
        }

        [LoggerMessage(
            1001,
            LogLevel.Warning,
            "Order {OrderId} was written by somebody else; this activation lets go (and {More} more)")]
        private static partial void LostRace(ILogger logger, string orderId, long more, Exception exception);

        [LoggerMessage(1002, LogLevel.Error, "Order {OrderId}: a step failed and is tried again (and {More} more)")]
        private static partial void StepFailed(ILogger logger, string orderId, long more, Exception exception);

        [LoggerMessage(
            1003,
            LogLevel.Warning,
            "Order {OrderId}: the indexes are behind its state; the sweeper repairs them (and {More} more)")]
        private static partial void IndexLeftBehind(ILogger logger, string orderId, long more, Exception exception);

        [LoggerMessage(
            1004,
            LogLevel.Warning,
            "Order {OrderId}: the provider's status '{Status}' is not known here; treated as pending")]
        public static partial void UnknownStatus(ILogger logger, string orderId, string status);

        [LoggerMessage(
            1005,
            LogLevel.Debug,
            "Order {OrderId}: check {Attempt} of payment {PaymentReferenceId} of merchant {MerchantId}, {Track} track, "
                + "{AgeS:0.0} s old, timeout {TimeoutS} s: {Answer} after {DurationMs:0.0} ms",
            SkipEnabledCheck = true)]
        private static partial void Checked(
            ILogger logger,
            string orderId,
            int attempt,
            string paymentReferenceId,
            string merchantId,
            string track,
            double ageS,
            double timeoutS,
            string answer,
            double durationMs);

        [LoggerMessage(
            1006,
            LogLevel.Information,
            "Order {OrderId}: {From} -> {To}, reason {Reason}, next due {DueAt}",
            SkipEnabledCheck = true)]
        private static partial void StatusChanged(
            ILogger logger, string orderId, string from, string to, string reason, DateTimeOffset? dueAt);

        [LoggerMessage(1007, LogLevel.Information, "Order {OrderId}: machine {DeviceUuid} accepted the make command")]
        private static partial void MakeAccepted(ILogger logger, string orderId, string deviceUuid);

        [LoggerMessage(
            1008,
            LogLevel.Information,
            "Order {OrderId}: machine {DeviceUuid}: make command {Outcome}, {Reason}")]
        private static partial void MakeFailed(
            ILogger logger, string orderId, string deviceUuid, string outcome, string reason);
    }
}
