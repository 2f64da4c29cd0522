using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>A connection with its prepared statements. One thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private SqliteStatement?[] _statements = new SqliteStatement?[32];

    public SqliteSession(string path, string pragmas)
    {
        _connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate));
        try
        {
            _connection.Open();
            Run(pragmas);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>How many rows the last insert, update or delete has changed.</summary>
    public int Changes => raw.sqlite3_changes(_connection.Handle);

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>The statement, prepared when it is used for the first time.</summary>
    public SqliteStatement this[SqlText sql]
    {
        get
        {
            if (sql.Number >= _statements.Length)
                Array.Resize(ref _statements, Math.Max(sql.Number + 1, _statements.Length * 2));

            return _statements[sql.Number] ??= new SqliteStatement(_connection.Handle!, sql.Text);
        }
    }

    /// <summary>A pool of connections would keep the file open after us, so there is none.</summary>
    public static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString();

    /// <summary>Runs statements that are needed once.</summary>
    public void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Reads the first value of a statement that is needed once; null if there is no row.</summary>
    public object? Scalar(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement?.Dispose();

        _connection.Dispose();
    }
}
