namespace CoffeePayment.Sandbox.Traffic;

/// <summary>What can be asked of the provider.</summary>
internal enum ProviderOperation : byte
{
    Other,
    GetPayment,
    ListPayments,
    CreatePayment,
    CapturePayment,
    CancelPayment,
    CreateRefund,
}

internal static class ProviderOperations
{
    public static string Name(this ProviderOperation operation) => operation switch
    {
        ProviderOperation.GetPayment => "get_payment",
        ProviderOperation.ListPayments => "list_payments",
        ProviderOperation.CreatePayment => "create_payment",
        ProviderOperation.CapturePayment => "capture_payment",
        ProviderOperation.CancelPayment => "cancel_payment",
        ProviderOperation.CreateRefund => "create_refund",
        _ => "other",
    };

    public static string Method(this ProviderOperation operation) =>
        operation is ProviderOperation.GetPayment or ProviderOperation.ListPayments ? "GET" : "POST";

    public static string Path(this ProviderOperation operation, string paymentId) => operation switch
    {
        ProviderOperation.GetPayment => $"/v3/payments/{paymentId}",
        ProviderOperation.CapturePayment => $"/v3/payments/{paymentId}/capture",
        ProviderOperation.CancelPayment => $"/v3/payments/{paymentId}/cancel",
        ProviderOperation.CreateRefund => "/v3/refunds",
        _ => "/v3/payments",
    };
}
