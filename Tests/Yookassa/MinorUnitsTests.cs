using System.Text;
using CoffeePayment.Orders;
using CoffeePayment.Silo.Yookassa;

namespace CoffeePayment.Tests.Yookassa;

public sealed class MinorUnitsTests
{
    [Theory]
    [InlineData("150.00", "RUB", 15000)]
    [InlineData("150", "RUB", 15000)]
    [InlineData("150.5", "RUB", 15050)]
    [InlineData("150.0500000", "RUB", 15005)]
    [InlineData("0.01", "RUB", 1)]
    [InlineData("0", "RUB", 0)]
    [InlineData("007.00", "EUR", 700)]
    [InlineData("500", "JPY", 500)]
    [InlineData("500.00", "JPY", 500)]
    [InlineData("1.234", "KWD", 1234)]
    [InlineData("1.2", "KWD", 1200)]
    [InlineData("1.2345", "CLF", 12345)]
    [InlineData("92233720368547758.07", "RUB", long.MaxValue)]
    public void TryParse_ExactAmount_IsInTheCurrencysMinorUnits(string amount, string currency, long expected)
    {
        Assert.True(Parse(amount, currency, out var money));
        Assert.Equal(new Money(expected, currency), money);
    }

    [Theory]
    [InlineData("150.001", "RUB")]
    [InlineData("500.01", "JPY")]
    [InlineData("1.2345", "KWD")]
    [InlineData("92233720368547758.08", "RUB")]
    [InlineData("92233720368547758", "KWD")]
    [InlineData("99999999999999999999999999", "JPY")]
    [InlineData("", "RUB")]
    [InlineData(".", "RUB")]
    [InlineData(".5", "RUB")]
    [InlineData("5.", "RUB")]
    [InlineData("1.2.3", "RUB")]
    [InlineData("-1.00", "RUB")]
    [InlineData("+1.00", "RUB")]
    [InlineData("1,00", "RUB")]
    [InlineData("1 000.00", "RUB")]
    [InlineData("1e3", "RUB")]
    [InlineData("NaN", "RUB")]
    [InlineData("\u0661.00", "RUB")]
    [InlineData("1.00", "RU")]
    [InlineData("1.00", "RUBL")]
    [InlineData("1.00", "rub")]
    [InlineData("1.00", "R1B")]
    [InlineData("1.00", "")]
    public void TryParse_AnythingElse_IsNoAmount(string amount, string currency) =>
        Assert.False(Parse(amount, currency, out _));

    private static bool Parse(string amount, string currency, out Money money) =>
        MinorUnits.TryParse(Encoding.UTF8.GetBytes(amount), Encoding.UTF8.GetBytes(currency), out money);
}
