namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// A few connections that only read. In WAL mode they neither wait for the writer nor hold it up, and each read sees
/// whatever had been committed before it began.
/// </summary>
/// <remarks>
/// Reads run on the caller's thread, also where that is a grain's: a point read takes some 10 microseconds and a page
/// of a thousand entries about a millisecond, so going to another thread and back would cost as much as it spares.
/// </remarks>
internal sealed class SqliteReaders : IDisposable
{
    private readonly Reader[] _readers;

    public SqliteReaders(string path)
    {
        _readers = new Reader[Math.Clamp(Environment.ProcessorCount, 2, 16)];
        for (var index = 0; index < _readers.Length; index++)
            _readers[index] = new Reader(path);
    }

    /// <summary>Reads in one of the sessions; whoever finds it taken waits for microseconds.</summary>
    public TResult Read<TArgument, TResult>(TArgument argument, Func<SqliteSession, TArgument, TResult> read)
    {
        var reader = _readers[Environment.CurrentManagedThreadId % _readers.Length];
        lock (reader)
            return read(reader.Session, argument);
    }

    public void Dispose()
    {
        foreach (var reader in _readers)
        {
            lock (reader)
                reader.Dispose();
        }
    }

    private sealed class Reader(string path) : IDisposable
    {
        private readonly SqliteSession _session = new(path, "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000");
        private bool _isClosed;

        public SqliteSession Session
        {
            get
            {
                ObjectDisposedException.ThrowIf(_isClosed, typeof(SqliteDatabase));
                return _session;
            }
        }

        public void Dispose()
        {
            _isClosed = true;
            _session.Dispose();
        }
    }
}
