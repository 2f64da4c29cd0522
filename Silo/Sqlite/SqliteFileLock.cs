namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// The right to be the only process on a database: an exclusive lock on an empty file beside it. The system lets go of
/// it when its owner ends, however it ends. SQLite's own exclusive mode would do, but also shut out our own readers.
/// </summary>
internal sealed class SqliteFileLock : IDisposable
{
    private readonly FileStream _file;

    private SqliteFileLock(FileStream file) => _file = file;

    /// <summary>Creates the folder where it is missing, and takes the lock.</summary>
    /// <exception cref="SqliteStorageException">It cannot be written to, or another process has the lock.</exception>
    public static SqliteFileLock Take(string directory, string databasePath)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new SqliteFileLock(new FileStream(
                databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            throw new SqliteStorageException(
                $"{databasePath} is in use by another process; stop that one, or set another DATA_DIR.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SqliteStorageException(
                $"DATA_DIR {directory} cannot be written to: {exception.Message}", exception);
        }
    }

    /// <summary>The file stays: whoever deleted it could delete the one that the next owner has just locked.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsSharingViolation(IOException exception) =>
        exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
