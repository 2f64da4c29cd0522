using CoffeePayment.Sandbox.Http;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>An amount with two decimal places in a currency of three capital letters.</summary>
internal readonly record struct Money(decimal Value, string Currency)
{
    /// <summary>Reads YooKassa's decimal string; null, with the reason, if it is no amount that can be paid.</summary>
    public static Money? Parse(string value, string currency, out FieldError? wrong)
    {
        wrong = null;
        if (!TryParseValue(value, out var amount))
            wrong = new FieldError("value", "must be a decimal string above 0 with at most two decimals, like 150.00");
        else if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
            wrong = new FieldError("currency", "must be a code of three capital letters, like RUB");
        return wrong is null ? new Money(amount, string.Intern(currency)) : null;
    }

    private static bool TryParseValue(string text, out decimal value)
    {
        value = 0;
        var point = text.IndexOf('.');
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var isWritten = point != 0 && decimals <= 2 && (point < 0 || decimals > 0)
            && text.Length - decimals <= 10
            && text.All(c => char.IsAsciiDigit(c) || c == '.')
            && text.IndexOf('.', point + 1) < 0;
        return isWritten && decimal.TryParse(text, out value) && value > 0;
    }
}
