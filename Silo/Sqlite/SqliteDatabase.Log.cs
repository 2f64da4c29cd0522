namespace CoffeePayment.Silo.Sqlite;

public sealed partial class SqliteDatabase
{
    [LoggerMessage(3000, LogLevel.Information,
        "Opened {Path} with {Pending} pending orders (schema {FoundSchema}, now {Schema}) in {Duration}.")]
    private partial void LogOpened(string path, long pending, int foundSchema, int schema, TimeSpan duration);

    [LoggerMessage(3001, LogLevel.Information,
        "Closed {Path} after {Commits} transactions; everything that was queued is stored: {IsDrained}.")]
    private partial void LogClosed(string path, long commits, bool isDrained);
}
