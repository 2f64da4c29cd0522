using System.Globalization;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>A refund as the provider shows it; here each succeeds at once.</summary>
internal sealed record Refund(
    string Id, string PaymentId, string Status, string CreatedAt, MoneyBody Amount, string? Description);

internal sealed record MoneyBody(string Value, string Currency)
{
    public static MoneyBody Of(Money money) =>
        new(money.Value.ToString("0.00", CultureInfo.InvariantCulture), money.Currency);
}
