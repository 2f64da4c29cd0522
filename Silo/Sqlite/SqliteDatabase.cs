using System.Diagnostics;
using System.Diagnostics.Metrics;
using CoffeePayment.Grouping;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// The storage of a service that runs as one process: one file, one writer that commits in groups, a few readers. It
/// has the file for itself, from <see cref="Open"/> until it is disposed or the process ends.
/// </summary>
public sealed partial class SqliteDatabase : IDisposable, IAsyncDisposable
{
    /// <summary>
    /// FULL syncs the log at every commit. With NORMAL, the usual companion of WAL, the file stays sound when the power
    /// fails but the last commits may be gone, and with them payments that were acknowledged. Group commit pays for it.
    /// A longer log than SQLite's 1,000 pages makes checkpoints, which hold up the writer, rarer: pages that changed
    /// often in the meantime are then copied once. Each commit changes the pages of other orders than the last: a cache
    /// of 64 MB holds those of some 50,000 orders, and at 4,000 checks a second of 20,000 orders a check takes 3 % less
    /// processor time than with 16 MB.
    /// </summary>
    private const string WriterPragmas =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA busy_timeout = 5000;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -65536;
        """;

    /// <summary>A registration and what follows it make a handful of commits, one after the other.</summary>
    private const int CommitBurst = 16;

    private readonly ILogger _logger;
    private readonly SqliteOptions _options;
    private readonly SqliteFileLock _lock;
    private readonly SqliteSession _session;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriteQueue _queue;
    private readonly SqliteInstruments _instruments;
    private readonly SqliteWriter _writer;
    private int _isDisposed;

    private SqliteDatabase(
        SqliteOptions options, SqliteFileLock fileLock, ILogger logger, IMeterFactory? meterFactory)
    {
        _options = options;
        _lock = fileLock;
        _logger = logger;
        Path = PathOf(options);

        var started = Stopwatch.GetTimestamp();
        if (File.Exists(Path))
            SqliteSchema.Verify(Path);

        _session = new SqliteSession(Path, WriterPragmas);
        try
        {
            var found = SqliteSchema.Migrate(_session);
            Counts = new SqliteCounts(_session);
            _readers = new SqliteReaders(Path);
            LogOpened(Path, Counts.Pending, found, SqliteSchema.Version, Stopwatch.GetElapsedTime(started));
        }
        catch
        {
            _session.Dispose();
            throw;
        }

        _queue = new SqliteWriteQueue(
            options.QueueCapacity,
            new Pace(options.CommitInterval, CommitBurst),
            new Pace(options.PatientCommitInterval, CommitBurst));
        _instruments = new SqliteInstruments(meterFactory, Path, () => _queue.Length);
        _writer = new SqliteWriter(_session, _queue, _instruments, options.WriteTimeout, logger);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>How many transactions have become durable since it was opened.</summary>
    public long Commits => _writer.Commits;

    internal SqliteCounts Counts { get; }

    /// <summary>Opens the database, or creates it, and takes it for this process alone.</summary>
    /// <exception cref="SqliteStorageException">
    /// The folder cannot be written to, another process has the file, or the file is broken, not ours, or written by a
    /// newer version; the message is one line for whoever starts the service.
    /// </exception>
    public static SqliteDatabase Open(
        SqliteOptions options, ILogger<SqliteDatabase>? logger = null, IMeterFactory? meterFactory = null)
    {
        var path = PathOf(options);
        var fileLock = SqliteFileLock.Take(options.Directory, path);
        try
        {
            return new SqliteDatabase(
                options, fileLock, logger ?? NullLogger<SqliteDatabase>.Instance, meterFactory);
        }
        catch (SqliteException exception)
        {
            fileLock.Dispose();
            throw new SqliteStorageException(
                SqliteSchema.IsBrokenFile(exception)
                    ? $"{path} is damaged or not a database ({exception.Message}). It was left as it is; " +
                      "put a copy in its place, or set another DATA_DIR."
                    : $"{path} cannot be opened: {exception.Message}",
                exception);
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>Writes what is queued, then closes the file. Who writes or reads afterwards is told so.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        _queue.Dispose();
        var isDrained = _writer.Join();
        _writer.Dispose();
        _instruments.Dispose();
        _readers.Dispose();

        // A writer that hangs in the disk keeps its session and the lock until the process ends.
        if (isDrained)
        {
            _session.Dispose();
            _lock.Dispose();
        }

        LogClosed(Path, Commits, isDrained);
    }

    public ValueTask DisposeAsync() => new(Task.Run(Dispose));

    /// <summary>Does the write with others in one transaction; durable when the task completes.</summary>
    /// <exception cref="SqliteStorageException">It is not stored, or, if the message says so, nobody knows.</exception>
    internal ValueTask<TResult> WriteAsync<TResult>(SqliteWrite<TResult> write, CancellationToken cancellationToken)
    {
        var added = _queue.AddAsync(write, _options.WriteTimeout, cancellationToken);
        return added.IsCompletedSuccessfully ? new ValueTask<TResult>(write.Task) : WhenAddedAsync(added, write);
    }

    /// <summary>Reads on the caller's thread; sees every write that was acknowledged before.</summary>
    internal TResult Read<TArgument, TResult>(
        TArgument argument, Func<SqliteSession, TArgument, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return _readers.Read(argument, read);
        }
        catch (SqliteException exception)
        {
            throw new SqliteStorageException($"{Path} cannot be read: {exception.Message}", exception);
        }
    }

    private static string PathOf(SqliteOptions options) =>
        System.IO.Path.Combine(System.IO.Path.GetFullPath(options.Directory), options.FileName);

    private static async ValueTask<TResult> WhenAddedAsync<TResult>(ValueTask added, SqliteWrite<TResult> write)
    {
        try
        {
            await added;
        }
        catch (TimeoutException exception)
        {
            throw new SqliteStorageException($"Not stored: {exception.Message}", exception);
        }

        return await write.Task;
    }
}
