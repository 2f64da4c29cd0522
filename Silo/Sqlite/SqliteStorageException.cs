namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// The storage cannot be opened, or could not do what was asked of it. A write that failed with this has not been
/// acknowledged: it is not stored, unless the message says that its outcome is unknown.
/// </summary>
[GenerateSerializer]
[Alias("CoffeePayment.SqliteStorageException")]
public sealed class SqliteStorageException(string message, Exception? innerException = null)
    : Exception(message, innerException);
