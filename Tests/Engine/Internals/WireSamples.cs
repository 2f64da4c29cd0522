using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>Values as they cross calls in the service.</summary>
internal static class WireSamples
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An order with a history of ten entries.</summary>
    public static PaymentOrder Order() => new()
    {
        Registration = Registration(),
        Status = OrderStatus.Pending,
        StatusReason = "payment_expired",
        StatusChangedAt = Noon,
        CheckAttempts = 61,
        LastCheckAt = Noon.AddSeconds(300),
        DueAt = Noon.AddSeconds(305),
        GivenUpAt = Noon.AddMinutes(15),
        LateChecks = 2,
        FailedPresentationDesc = "Оплата не поступила вовремя.",
        Revision = 63,
        Track = Track.Slow,
        History =
        [
            .. Enumerable.Range(0, 10).Select(i => new HistoryEntry
            {
                At = Noon.AddSeconds(5 * i),
                Kind = HistoryKind.Checked,
                Status = OrderStatus.Pending,
                Detail = "pending",
                Count = i,
                LastAt = Noon.AddSeconds(5 * i),
            }),
        ],
    };

    private static OrderRegistration Registration() => new()
    {
        Id = "order-000017",
        MerchantId = "default",
        PaymentScenario = PaymentScenario.YookassaReceipt,
        PaymentReferenceId = "2c85c7a5-000f-5000-9000-145f6df21d6f",
        DeviceUuid = "6a2f41a3-c54c-fce8-32d2-0324e1c32e22",
        DrinkNumber = "7",
        DrinkName = "Капучино",
        Size = DrinkSize.Large,
        Price = new Money(15_000, "RUB"),
        PaymentStartedAt = Noon,
        ExpiresAt = Noon.AddMinutes(15),
    };
}
