using System.Globalization;
using CoffeePayment.Ports;

namespace CoffeePayment.Api.Input;

/// <summary>Which page of a list is asked for.</summary>
internal readonly record struct PageQuery(StatusEntry? After, int Limit)
{
    public const int LimitMax = 500;

    public const int LimitDefault = 50;

    /// <summary>The page; what is wrong with the query is added to <paramref name="errors"/>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="list">The list's word in cursors.</param>
    /// <param name="listInWords">The same for people: <c>orders in the same status</c>.</param>
    /// <param name="errors">Where to say what is wrong.</param>
    public static PageQuery Read(IQueryCollection query, string list, string listInWords, FieldErrors errors)
    {
        var limit = ReadLimit(query, errors);
        return new PageQuery(ReadCursor(query, list, listInWords, errors), limit);
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

    private static StatusEntry? ReadCursor(
        IQueryCollection query, string list, string listInWords, FieldErrors errors)
    {
        if (!query.TryGetValue("cursor", out var text)) return null;
        if (PageCursor.TryParse(text, list, out var entry)) return new StatusEntry(entry.OrderId, entry.At);

        errors.Add("cursor", $"must be the next_cursor of a page of {listInWords}");
        return null;
    }
}
