using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Yookassa;

internal sealed partial class MerchantClient
{
    [LoggerMessage(2000, LogLevel.Debug, "No answer for order {OrderId} of merchant {MerchantId}: {Cause}")]
    private partial void LogNoAnswer(string merchantId, string orderId, NoAnswerCause cause);

    [LoggerMessage(2001, LogLevel.Debug, "Order {OrderId} of merchant {MerchantId} could not be asked for")]
    private partial void LogNetworkFailure(Exception exception, string merchantId, string orderId);

    [LoggerMessage(
        2002,
        LogLevel.Warning,
        "Provider fails merchant {MerchantId}, last with {Cause}: nothing is asked for {BreakSeconds} s")]
    private partial void LogCircuitOpened(string merchantId, double breakSeconds, NoAnswerCause? cause);

    [LoggerMessage(2003, LogLevel.Information, "Provider answers merchant {MerchantId} again")]
    private partial void LogCircuitClosed(string merchantId);

    [LoggerMessage(
        2004,
        LogLevel.Error,
        "Provider refuses the credentials of merchant {MerchantId}; said at most once a minute")]
    private partial void LogUnauthorized(string merchantId);

    [LoggerMessage(2005, LogLevel.Debug, "Order {OrderId}: GET {Url}")]
    private partial void LogAsking(string orderId, Uri url);

    [LoggerMessage(2006, LogLevel.Warning, "Provider wants merchant {MerchantId} to wait for {PauseSeconds} s")]
    private partial void LogPaused(string merchantId, double pauseSeconds);

    [LoggerMessage(
        2007,
        LogLevel.Information,
        "Provider still fails merchant {MerchantId}, now with {Cause}: nothing is asked for {BreakSeconds} s")]
    private partial void LogCircuitStaysOpen(string merchantId, double breakSeconds, NoAnswerCause? cause);
}
