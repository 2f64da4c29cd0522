using CoffeePayment.Grains.Orders;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Grains;

public sealed class RepeatedTextsTests
{
    private readonly RepeatedTexts _texts = new();

    [Fact]
    public void Share_TwoOrdersOfOneMachine_HaveItsTextsInCommon()
    {
        var first = _texts.Share(Registration(1));
        var second = _texts.Share(Registration(2));

        Assert.Same(first.MerchantId, second.MerchantId);
        Assert.Same(first.DeviceUuid, second.DeviceUuid);
        Assert.Same(first.DrinkNumber, second.DrinkNumber);
        Assert.Same(first.DrinkName, second.DrinkName);
        Assert.Same(first.Price.Currency, second.Price.Currency);
    }

    [Fact]
    public void Share_AnyOrder_SaysTheSame()
    {
        _texts.Share(Registration(1));

        Assert.Equal(Registration(2), _texts.Share(Registration(2)));
        Assert.Equal(Unnamed(), _texts.Share(Unnamed()));
    }

    private static OrderRegistration Unnamed() => Registration(3) with { DrinkName = null };

    // Texts as a message brings them: equal, and instances of their own.
    private static OrderRegistration Registration(int number) => new()
    {
        Id = $"order-{number}",
        MerchantId = Copy("default"),
        PaymentScenario = PaymentScenario.Yookassa,
        PaymentReferenceId = $"payment-{number}",
        DeviceUuid = Copy("machine"),
        DrinkNumber = Copy("7"),
        DrinkName = Copy("Капучино"),
        Size = DrinkSize.Small,
        Price = new Money(10_000, Copy("RUB")),
    };

    private static string Copy(string text) => new(text.AsSpan());
}
