using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>The tables, how they came to be, and whether a file is one of ours.</summary>
internal static class SqliteSchema
{
    /// <summary>"Coff" in ASCII: marks the file as ours (PRAGMA application_id).</summary>
    private const long ApplicationId = 0x436F6666;

    /// <summary>
    /// Step n brings a file from user_version n to n + 1; a step that has been released never changes.
    /// </summary>
    /// <remarks>
    /// All tables keep their rows in the order in which they were inserted, with the keys in indexes beside them:
    /// orders registered together are due together, so one commit changes few pages, each of which is written to the
    /// log and later to the file. Ordered by their random ids, every order would change a page of its own.
    /// </remarks>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE grain_state (
            id INTEGER PRIMARY KEY,
            grain_type TEXT NOT NULL,
            grain_key TEXT NOT NULL,
            state_name TEXT NOT NULL,
            etag TEXT NOT NULL,
            data BLOB NOT NULL,
            UNIQUE (grain_key, grain_type, state_name)
        ) STRICT;

        CREATE TABLE pending (
            id INTEGER PRIMARY KEY,
            order_id TEXT NOT NULL UNIQUE,
            due_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX pending_by_due ON pending (due_ms, order_id);

        CREATE TABLE order_status (
            id INTEGER PRIMARY KEY,
            order_id TEXT NOT NULL UNIQUE,
            status TEXT NOT NULL,
            at_ms INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX order_status_by_time ON order_status (status, at_ms, order_id);

        CREATE TABLE payment_reference (
            id INTEGER PRIMARY KEY,
            reference TEXT NOT NULL UNIQUE,
            order_id TEXT NOT NULL
        ) STRICT;
        CREATE INDEX payment_reference_by_order ON payment_reference (order_id);
        """,

        // The machine and the attention list are columns of what is there for each order anyway: a registration writes
        // one row more into an index, and nothing else. What the file holds already is read from the orders' states.
        """
        ALTER TABLE order_status ADD COLUMN needs_attention INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE order_status ADD COLUMN device TEXT;
        ALTER TABLE order_status ADD COLUMN started_ms INTEGER;
        UPDATE order_status SET
            needs_attention =
                status IN ('manual_make', 'make_failed', 'failed') AND NOT state.order_ ->> '$.is_resolved',
            device = state.order_ ->> '$.registration.device_uuid',
            started_ms = round((julianday(state.order_ ->> '$.registration.payment_started_at') - 2440587.5) * 86400000)
        FROM (
            SELECT grain_key, CAST(data AS TEXT) AS order_ FROM grain_state
            WHERE grain_type = 'pendingpayment' AND state_name = 'order' AND json_valid(CAST(data AS TEXT))
        ) AS state
        WHERE state.grain_key = order_status.order_id;
        CREATE INDEX order_status_by_device ON order_status (device, started_ms, order_id) WHERE device IS NOT NULL;
        CREATE INDEX order_status_attention ON order_status (at_ms, order_id) WHERE needs_attention = 1;
        """,
    ];

    /// <summary>The schema that this build writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Looks at a file that is there, through a connection that cannot write to it.</summary>
    /// <exception cref="SqliteStorageException">It is not one that this build can use.</exception>
    public static void Verify(string path)
    {
        // A file that was closed in order has no log; told that nobody changes it, SQLite does not start one.
        var source = File.Exists(path + "-wal") ? path : new Uri(path).AbsoluteUri + "?immutable=1";
        using var connection = new SqliteConnection(SqliteSession.ConnectionString(source, SqliteOpenMode.ReadOnly));
        connection.Open();
        var application = Scalar(connection, "PRAGMA application_id");
        var version = Scalar(connection, "PRAGMA user_version");
        var tables = Scalar(connection, "SELECT count(*) FROM sqlite_master");

        // A process that died before its first commit leaves a file without anything in it.
        if (application != ApplicationId && (application != 0 || version != 0 || tables != 0))
            throw new SqliteStorageException(
                $"{path} is a database of another application. It was left as it is; set another DATA_DIR.");

        if (version > Version)
            throw new SqliteStorageException(
                $"{path} was written by a newer version (schema {version}, this one knows up to {Version}). " +
                "It was left as it is; start the newer version, or set another DATA_DIR.");
    }

    /// <summary>Brings the file to <see cref="Version"/>, in one transaction.</summary>
    /// <returns>The version that it had.</returns>
    public static int Migrate(SqliteSession session)
    {
        var found = Convert.ToInt32(session.Scalar("PRAGMA user_version"));
        if (found == Version)
            return found;

        var steps = string.Concat(Steps.Skip(found));
        session.Run(
            $"""
            BEGIN IMMEDIATE;
            {steps}
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = {Version};
            COMMIT
            """);
        return found;
    }

    /// <summary>Whether SQLite says that the file itself is broken, or is not a database.</summary>
    public static bool IsBrokenFile(SqliteException exception) =>
        exception.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_FORMAT;

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar());
    }
}
