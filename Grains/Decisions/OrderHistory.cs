using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>An order's history: what repeats is counted in place, and the oldest but the first gives way.</summary>
public static class OrderHistory
{
    /// <summary>
    /// How many entries are kept. A whole life takes about ten; only a provider that answers differently every time, or
    /// a person resolving an order over and over, gets here.
    /// </summary>
    public const int EntriesMax = 64;

    /// <summary>The history with one more entry, or with its last entry counted up; none is an empty one.</summary>
    public static HistoryEntry[] Append(HistoryEntry[]? history, HistoryEntry entry)
    {
        if (history is not [.., var last]) return [entry];

        if (IsRepeat(last, entry))
            return [.. history[..^1], last with { Count = last.Count + 1, LastAt = entry.At }];

        return history.Length < EntriesMax
            ? [.. history, entry]
            : [history[0], .. history[(history.Length - EntriesMax + 2)..], entry];
    }

    private static bool IsRepeat(HistoryEntry last, HistoryEntry entry) =>
        last.Kind == entry.Kind
        && last.Status == entry.Status
        && last.Detail == entry.Detail
        && last.By == entry.By
        && last.Note is null
        && entry.Note is null;
}
