using System.Globalization;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Api.Input;

/// <summary>Which page of which orders is asked for.</summary>
internal sealed record ListQuery(OrderStatus Status, StatusEntry? After, int Limit)
{
    public const int LimitMax = 500;

    public const int LimitDefault = 50;

    /// <summary>The query; null if something is wrong with it, which <paramref name="errors"/> says.</summary>
    public static ListQuery? Read(IQueryCollection query, out FieldErrors errors)
    {
        errors = new FieldErrors();
        var status = ReadStatus(query, errors);
        var limit = ReadLimit(query, errors);
        var after = ReadCursor(query, status, errors);
        return errors.Any ? null : new ListQuery(status, after, limit);
    }

    private static OrderStatus ReadStatus(IQueryCollection query, FieldErrors errors)
    {
        if (!WireNames.TryParse<OrderStatus>(query["status"], out var status))
            errors.Add("status", WireWords.MustBeOneOf<OrderStatus>());
        return status;
    }

    /// <summary>How many entries a page may have.</summary>
    public static int ReadLimit(IQueryCollection query, FieldErrors errors)
    {
        if (!query.TryGetValue("limit", out var text)) return LimitDefault;

        // Parsing alone would overlook zero characters at the end.
        if (text.ToString().All(char.IsAsciiDigit)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= LimitMax)
            return limit;

        errors.Add("limit", $"must be a whole number from 1 to {LimitMax}");
        return LimitDefault;
    }

    private static StatusEntry? ReadCursor(IQueryCollection query, OrderStatus status, FieldErrors errors)
    {
        if (!query.TryGetValue("cursor", out var text)) return null;
        if (PageCursor.TryParse(text, WireNames.Of(status), out var entry))
            return new StatusEntry(entry.OrderId, entry.At);

        errors.Add("cursor", "must be the next_cursor of a page of orders in the same status");
        return null;
    }
}
