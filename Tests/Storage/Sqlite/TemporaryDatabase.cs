using CoffeePayment.Silo.Sqlite;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>A real database in a folder of its own, which goes with it.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("coffee-sqlite-");

    public TemporaryDatabase(Action<SqliteOptions>? configure = null, ILogger<SqliteDatabase>? logger = null)
    {
        Options = new SqliteOptions { Directory = _folder.FullName };
        configure?.Invoke(Options);
        Database = SqliteDatabase.Open(Options, logger);
    }

    public SqliteOptions Options { get; }

    public SqliteDatabase Database { get; private set; }

    /// <summary>Closes the file and opens it again, as a restart does.</summary>
    public void Reopen()
    {
        Database.Dispose();
        Database = SqliteDatabase.Open(Options);
    }

    public void Dispose()
    {
        Database.Dispose();
        _folder.Delete(recursive: true);
    }
}
