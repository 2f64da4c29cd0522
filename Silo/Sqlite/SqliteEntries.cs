using CoffeePayment.Ports;
using CoffeePayment.Silo.Storage;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Reads the rows of a list: an order and a time each.</summary>
internal static class SqliteEntries
{
    public static IReadOnlyList<StatusEntry> ReadAll(SqliteStatement statement)
    {
        using var rows = statement.Query();
        var entries = new List<StatusEntry>();
        while (rows.Step())
            entries.Add(new StatusEntry(rows.Text(0), UnixMilliseconds.ToTime(rows.Int64(1))));

        return entries;
    }
}
