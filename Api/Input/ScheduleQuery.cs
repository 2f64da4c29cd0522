using CoffeePayment.Ports;

namespace CoffeePayment.Api.Input;

/// <summary>Which page of which part of the schedule is asked for.</summary>
internal sealed record ScheduleQuery(SchedulePart Part, DueEntry? After, int Limit)
{
    /// <summary>The query; null if something is wrong with it, which <paramref name="errors"/> says.</summary>
    public static ScheduleQuery? Read(IQueryCollection query, out FieldErrors errors)
    {
        errors = new FieldErrors();
        var part = ReadPart(query, errors);
        var limit = PageQuery.ReadLimit(query, errors);
        var after = ReadCursor(query, part, errors);
        return errors.Any ? null : new ScheduleQuery(part, after, limit);
    }

    private static SchedulePart ReadPart(IQueryCollection query, FieldErrors errors)
    {
        var part = SchedulePart.Upcoming;
        if (query.TryGetValue("part", out var text) && !WireNames.TryParse(text, out part))
            errors.Add("part", WireWords.MustBeOneOf<SchedulePart>());
        return part;
    }

    private static DueEntry? ReadCursor(IQueryCollection query, SchedulePart part, FieldErrors errors)
    {
        if (!query.TryGetValue("cursor", out var text)) return null;
        if (PageCursor.TryParse(text, WireNames.Of(part), out var entry)) return new DueEntry(entry.OrderId, entry.At);

        errors.Add("cursor", "must be the next_cursor of a page of the same part");
        return null;
    }
}
