using System.Text;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>Turns a provider's decimal amount into minor units, exactly or not at all.</summary>
public static class MinorUnits
{
    private const int CurrencyLength = 3;

    /// <summary>
    /// Reads digits, and after a point more digits. There is no amount when anything else is in it, when it has a part
    /// smaller than the currency's minor unit, when it does not fit into 64 bits, or when the currency is not three
    /// capital letters.
    /// </summary>
    /// <param name="amount">Such as <c>150.00</c>. UTF-8.</param>
    /// <param name="currency">ISO 4217 code. UTF-8.</param>
    /// <param name="money">The amount; meaningless if there is none.</param>
    public static bool TryParse(ReadOnlySpan<byte> amount, ReadOnlySpan<byte> currency, out Money money)
    {
        money = default;
        if (currency.Length != CurrencyLength || currency.ContainsAnyExceptInRange((byte)'A', (byte)'Z')) return false;

        var point = amount.IndexOf((byte)'.');
        var whole = point < 0 ? amount : amount[..point];
        var fraction = point < 0 ? "0"u8 : amount[(point + 1)..];
        if (whole.IsEmpty || fraction.IsEmpty) return false;

        var code = Encoding.ASCII.GetString(currency);
        var exponent = ExponentOf(code);
        var units = 0L;
        if (!Append(ref units, whole)
            || !Append(ref units, fraction[..Math.Min(exponent, fraction.Length)])
            || fraction[Math.Min(exponent, fraction.Length)..].ContainsAnyExcept((byte)'0'))
        {
            return false;
        }

        for (var missing = exponent - fraction.Length; missing > 0; missing--)
        {
            if (!Append(ref units, "0"u8)) return false;
        }

        money = new Money(units, code);
        return true;
    }

    /// <summary>
    /// How many decimal digits the currency's minor unit has, after ISO 4217: two where the list says nothing.
    /// </summary>
    private static int ExponentOf(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "UYI"
            or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        "CLF" or "UYW" => 4,
        _ => 2,
    };

    private static bool Append(ref long units, ReadOnlySpan<byte> digits)
    {
        foreach (var character in digits)
        {
            var digit = character - '0';
            if (digit is < 0 or > 9 || units > (long.MaxValue - digit) / 10) return false;
            units = (units * 10) + digit;
        }

        return true;
    }
}
