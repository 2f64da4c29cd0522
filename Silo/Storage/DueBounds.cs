using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Storage;

/// <summary>Where a page of the due index begins, exclusive: a time and an id.</summary>
internal static class DueBounds
{
    // No id is empty, so a bound without one lies before all entries that are due at its millisecond.
    private const string BeforeAll = "";

    /// <summary>The bound below which a page that goes backwards lies.</summary>
    public static (long DueMs, string OrderId) Below(DateTimeOffset dueBefore, DueEntry? after)
    {
        var bound = (DueMs: UnixMilliseconds.Ceiling(dueBefore), OrderId: BeforeAll);
        return after is { } last && UnixMilliseconds.Floor(last.DueAt) < bound.DueMs ? Of(last) : bound;
    }

    /// <summary>The bound above which a page that goes forwards lies.</summary>
    public static (long DueMs, string OrderId) Above(DateTimeOffset dueFrom, DueEntry? after)
    {
        var bound = (DueMs: UnixMilliseconds.Ceiling(dueFrom), OrderId: BeforeAll);
        return after is { } last && UnixMilliseconds.Floor(last.DueAt) >= bound.DueMs ? Of(last) : bound;
    }

    private static (long DueMs, string OrderId) Of(DueEntry entry) =>
        (UnixMilliseconds.Floor(entry.DueAt), entry.OrderId);
}
