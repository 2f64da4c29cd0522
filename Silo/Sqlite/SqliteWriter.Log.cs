namespace CoffeePayment.Silo.Sqlite;

internal sealed partial class SqliteWriter
{
    [LoggerMessage(3010, LogLevel.Error,
        "A transaction of {Writes} writes failed: {Reason}. Further failures are not logged until one succeeds.")]
    private partial void LogCommitFailed(Exception exception, int writes, string reason);

    [LoggerMessage(3011, LogLevel.Warning, "Writing again, after {FailedCommits} failed transactions.")]
    private partial void LogWritingAgain(long failedCommits);

    [LoggerMessage(3012, LogLevel.Error, "The disk has not answered for {Timeout}: {Writes} writes were given up.")]
    private partial void LogDiskHangs(int writes, TimeSpan timeout);
}
