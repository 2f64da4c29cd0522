namespace CoffeePayment.Silo.Sqlite;

/// <summary>One SQL statement of ours; its number finds the prepared form in a session, without hashing.</summary>
internal sealed class SqlText(string text)
{
    private static int _count;

    /// <summary>The place of the prepared statement in every session.</summary>
    public int Number { get; } = Interlocked.Increment(ref _count) - 1;

    public string Text { get; } = text;
}
