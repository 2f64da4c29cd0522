namespace CoffeePayment.Silo.Yookassa;

public sealed partial class YookassaPaymentProvider
{
    [LoggerMessage(
        2010,
        LogLevel.Error,
        "No YooKassa account is configured for merchant {MerchantId}, first met with order {OrderId}; said once")]
    private partial void LogUnknownMerchant(string merchantId, string orderId);
}
