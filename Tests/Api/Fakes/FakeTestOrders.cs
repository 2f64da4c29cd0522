using CoffeePayment.Api;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Api.Fakes;

/// <summary>A sandbox that does nothing but take down what it was asked to prepare.</summary>
public sealed class FakeTestOrders : ITestOrders
{
    public List<(string OrderId, TestOrderEnding Ending)> Prepared { get; } = [];

    public Uri SandboxUrl { get; } = new("http://127.0.0.1:5090");

    public Task<OrderRegistration> PrepareAsync(
        string orderId, TestOrderEnding ending, CancellationToken cancellationToken)
    {
        Prepared.Add((orderId, ending));
        return Task.FromResult(new OrderRegistration
        {
            Id = orderId,
            MerchantId = "default",
            PaymentScenario = PaymentScenario.Yookassa,
            PaymentReferenceId = $"payment-of-{orderId}",
            DeviceUuid = "machine-1",
            DrinkNumber = "7",
            Size = DrinkSize.Medium,
            Price = new Money(15_000, "RUB"),
        });
    }
}
