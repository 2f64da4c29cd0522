using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Api.Input;

/// <summary>Where a page of a list ended, in a form that clients hand back and do not look into.</summary>
internal static class PageCursor
{
    private const int LengthMax = 1000;

    public static string Write(OrderStatus status, StatusEntry entry)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{WireNames.Of(status)} {entry.At.ToUnixTimeMilliseconds()} {entry.OrderId}");
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Whether it is a cursor of ours, for a list of this status.</summary>
    public static bool TryParse(string? cursor, OrderStatus status, out StatusEntry entry)
    {
        entry = default;
        if (cursor is not { Length: > 0 and <= LengthMax } || !Base64Url.IsValid(cursor)) return false;

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(' ');
        if (parts.Length != 3 || parts[0] != WireNames.Of(status) || !Identifiers.IsOrderId(parts[2])) return false;
        if (!long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var unixMs)) return false;
        if (unixMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return false;

        entry = new StatusEntry(parts[2], DateTimeOffset.FromUnixTimeMilliseconds(unixMs));
        return true;
    }
}
