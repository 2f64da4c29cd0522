using CoffeePayment.Orders;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Tells a client in which fields its order is not the one that was registered before.</summary>
internal static class RegistrationDifferences
{
    /// <summary>The fields, as the API names them. Times that the request leaves out agree with any.</summary>
    public static IReadOnlyList<string> Of(OrderRegistration request, OrderRegistration registered)
    {
        (string Name, bool IsDifferent)[] fields =
        [
            ("merchant_id", request.MerchantId != registered.MerchantId),
            ("payment_scenario", request.PaymentScenario != registered.PaymentScenario),
            ("payment_reference_id", request.PaymentReferenceId != registered.PaymentReferenceId),
            ("device_uuid", request.DeviceUuid != registered.DeviceUuid),
            ("drink_number", request.DrinkNumber != registered.DrinkNumber),
            ("drink_name", request.DrinkName != registered.DrinkName),
            ("size", request.Size != registered.Size),
            ("price", request.Price.MinorUnits != registered.Price.MinorUnits),
            ("currency", request.Price.Currency != registered.Price.Currency),
            ("payment_started_at", IsOtherTime(request.PaymentStartedAt, registered.PaymentStartedAt)),
            ("expires_at", IsOtherTime(request.ExpiresAt, registered.ExpiresAt)),
        ];
        return [.. fields.Where(field => field.IsDifferent).Select(field => field.Name)];
    }

    private static bool IsOtherTime(DateTimeOffset? request, DateTimeOffset? registered) =>
        request is not null && request != registered;
}
