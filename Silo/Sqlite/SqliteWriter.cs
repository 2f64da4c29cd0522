using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// Does all writes, on a thread of its own: whatever waits goes into one transaction, which costs one sync of the disk
/// however many writes it carries. The slower the disk, the more of them share a sync.
/// </summary>
internal sealed partial class SqliteWriter : IDisposable
{
    /// <summary>Bounds how long a transaction takes, and so how long the first write in it waits.</summary>
    private const int BatchCapacity = 4096;

    private static readonly SqlText BeginSql = new("BEGIN IMMEDIATE");
    private static readonly SqlText CommitSql = new("COMMIT");
    private static readonly SqlText RollbackSql = new("ROLLBACK");

    private readonly SqliteSession _session;
    private readonly SqliteWriteQueue _queue;
    private readonly SqliteInstruments _instruments;
    private readonly TimeSpan _timeout;
    private readonly ILogger _logger;
    private readonly ISqliteWrite?[] _batch = new ISqliteWrite?[BatchCapacity];
    private readonly Thread _thread;
    private readonly Timer _watch;

    private volatile int _batchCount;
    private long _commits;
    private long _failedCommits;

    public SqliteWriter(
        SqliteSession session, SqliteWriteQueue queue, SqliteInstruments instruments, TimeSpan timeout, ILogger logger)
    {
        _session = session;
        _queue = queue;
        _instruments = instruments;
        _timeout = timeout;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "SQLite writer" };
        _thread.Start();

        // Timing out is for a disk that hangs: coarse, and once for all, rather than a timer for every write.
        var period = TimeSpan.FromTicks(Math.Min(timeout.Ticks / 2, TimeSpan.TicksPerSecond));
        _watch = new Timer(static state => ((SqliteWriter)state!).FailOverdue(), this, period, period);
    }

    /// <summary>How many transactions have become durable.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Waits until everything in the closed queue has been written.</summary>
    /// <returns>False if the disk did not answer within the write timeout.</returns>
    public bool Join() => _thread.Join(_timeout);

    public void Dispose() => _watch.Dispose();

    private void Run()
    {
        while (_queue.Take(_batch) is var count and > 0)
        {
            _batchCount = count;
            Write(_batch.AsSpan(0, count));
            _batchCount = 0;
            Array.Clear(_batch, 0, count);
        }
    }

    private void Write(ReadOnlySpan<ISqliteWrite?> batch)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            _session[BeginSql].Execute();
            foreach (var write in batch)
            {
                if (!write!.IsAbandoned)
                    write.Apply(_session);
            }

            _session[CommitSql].Execute();
        }
        catch (Exception exception)
        {
            Fail(batch, exception);
            return;
        }

        var duration = Stopwatch.GetElapsedTime(started);
        Interlocked.Increment(ref _commits);
        foreach (var write in batch)
            write!.Succeed();

        _instruments.Committed(duration, batch.Length);
        if (_failedCommits > 0)
            LogWritingAgain(_failedCommits);

        _failedCommits = 0;
    }

    /// <summary>Undoes the transaction and says so to everybody in it; the next one may find space again.</summary>
    private void Fail(ReadOnlySpan<ISqliteWrite?> batch, Exception cause)
    {
        var why = Explain(cause);
        Exception? rollbackFailure = RollBack();
        foreach (var write in batch)
            write!.Fail(new SqliteStorageException($"Not stored: {why}.", cause));

        _instruments.Failed(batch.Length);
        if (_failedCommits++ == 0)
            LogCommitFailed(rollbackFailure ?? cause, batch.Length, why);
    }

    private Exception? RollBack()
    {
        try
        {
            // SQLite has already rolled back by itself after some errors, a full disk among them.
            if (_session.IsInTransaction)
                _session[RollbackSql].Execute();

            return null;
        }
        catch (SqliteException exception)
        {
            return exception;
        }
    }

    private static string Explain(Exception cause) => cause switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => "the disk is full",
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } => "the disk reported an error",
        SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT } => "the database is damaged",
        _ => cause.Message,
    };

    private void FailOverdue()
    {
        var moment = Environment.TickCount64 - (long)_timeout.TotalMilliseconds;
        var overdue = _queue.QueuedBefore(moment);
        overdue.AddRange(_batch.Take(_batchCount).OfType<ISqliteWrite>().Where(write => write.QueuedAt < moment));
        if (overdue.Count == 0)
            return;

        LogDiskHangs(overdue.Count, _timeout);
        foreach (var write in overdue)
            write.Fail(new SqliteStorageException(
                $"The disk did not answer within {_timeout}: the outcome is unknown."));
    }
}
