using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Api.Input;

/// <summary>Where a page of a list ended, in a form that clients hand back and do not look into.</summary>
internal static class PageCursor
{
    private const int LengthMax = 1000;

    /// <summary>The cursor after an order in a list.</summary>
    /// <param name="list">Which list: a word without blanks, such as the wire name of a status.</param>
    /// <param name="orderId">The last order of the page.</param>
    /// <param name="at">Its time in the list, which counts to the millisecond.</param>
    public static string Write(string list, string orderId, DateTimeOffset at)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{list} {at.ToUnixTimeMilliseconds()} {orderId}");
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Whether it is a cursor of ours, for this list.</summary>
    public static bool TryParse(string? cursor, string list, out (string OrderId, DateTimeOffset At) entry)
    {
        entry = default;
        if (cursor is not { Length: > 0 and <= LengthMax } || !Base64Url.IsValid(cursor)) return false;

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ');
        if (parts.Length != 3 || parts[0] != list || !Identifiers.IsOrderId(parts[2])) return false;
        if (!long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var unixMs)) return false;
        if (unixMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return false;

        entry = (parts[2], DateTimeOffset.FromUnixTimeMilliseconds(unixMs));
        return true;
    }
}
