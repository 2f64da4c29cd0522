using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// A prepared statement, used again and again by the one thread that has its session. It talks to SQLite's own
/// functions, because a <see cref="SqliteCommand"/> costs several times what the statement itself does.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = size <= StackBytes ? stackalloc byte[StackBytes] : new byte[size];
        var used = Encoding.UTF8.GetBytes(value, bytes);

        // The address of an empty span is null, which SQLite would take for NULL.
        Check(used == 0
            ? raw.sqlite3_bind_text(_statement, parameter, "")
            : raw.sqlite3_bind_text(_statement, parameter, bytes[..used]));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
            : raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Execute()
    {
        using var rows = Query();
        rows.Step();
    }

    /// <summary>Runs a statement that gives rows. They hold a snapshot until they are disposed.</summary>
    public Rows Query() => new(this);

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }

    public readonly ref struct Rows(SqliteStatement statement)
    {
        /// <summary>Goes to the next row; false when there is none.</summary>
        public bool Step()
        {
            var result = raw.sqlite3_step(statement._statement);
            if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
                SqliteException.ThrowExceptionForRC(result, statement._database);

            return result == raw.SQLITE_ROW;
        }

        public long Int64(int column) => raw.sqlite3_column_int64(statement._statement, column);

        public string Text(int column) =>
            raw.sqlite3_column_text(statement._statement, column).utf8_to_string();

        /// <summary>The value where SQLite has it: valid until the next step.</summary>
        public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement._statement, column);

        /// <summary>Ends the snapshot. Its result repeats that of the last step, which has been looked at.</summary>
        public void Dispose() => raw.sqlite3_reset(statement._statement);
    }
}
