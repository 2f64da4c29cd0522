using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Silo.Storage;
using CoffeePayment.Tests.Yookassa;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>
/// A disk without space, by SQLite's own limit on the size of a file: it fails in the same place, with the same error
/// and the same loss of the whole transaction.
/// </summary>
public sealed class SqliteDiskFullTests : IDisposable
{
    private static readonly string Much = new('x', 100_000);

    private readonly LogRecorder _log = new();
    private readonly LoggerFactory _loggers;
    private readonly TemporaryDatabase _temporary;

    public SqliteDiskFullTests()
    {
        _loggers = new LoggerFactory([_log]);
        _temporary = new TemporaryDatabase(logger: _loggers.CreateLogger<SqliteDatabase>());
    }

    private SqliteGrainStorage Storage =>
        new(_temporary.Database, new JsonGrainStateSerializer(CupJsonContext.Default));

    public void Dispose()
    {
        _temporary.Dispose();
        _loggers.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Write_DiskFull_SaysSoAndKeepsWhatWasAcknowledged()
    {
        var kept = await WriteAsync("kept", "a little");
        await FillDiskAsync();

        var exception = await Assert.ThrowsAsync<SqliteStorageException>(() => WriteAsync("lost", Much));

        Assert.Equal("Not stored: the disk is full.", exception.Message);
        Assert.Equal(raw.SQLITE_FULL, Assert.IsType<SqliteException>(exception.InnerException).SqliteErrorCode);
        _temporary.Reopen();
        Assert.Equal(kept.ETag, (await ReadAsync("kept")).ETag);
        Assert.False((await ReadAsync("lost")).RecordExists);
    }

    [Fact]
    public async Task Write_SameTransactionAsOneThatDoesNotFit_FailsWithIt()
    {
        await FillDiskAsync();
        using var writer = new HeldWriter(_temporary.Database);
        var small = WriteAsync("small", "fits");
        var large = WriteAsync("large", Much);

        writer.Release();

        await Assert.ThrowsAsync<SqliteStorageException>(() => large);
        await Assert.ThrowsAsync<SqliteStorageException>(() => small);
        Assert.False((await ReadAsync("small")).RecordExists);
    }

    [Fact]
    public async Task Write_SpaceAgain_GoesOnAsIfNothingHadHappened()
    {
        await FillDiskAsync();
        await Assert.ThrowsAsync<SqliteStorageException>(() => WriteAsync("large", Much));

        await SetPagesAsync("1000000");
        await WriteAsync("large", Much);

        Assert.Equal(Much, (await ReadAsync("large")).State!.Note);
    }

    [Fact]
    public async Task Log_FailuresInARow_TellsOfTheFirstAndOfTheEnd()
    {
        await FillDiskAsync();
        await Assert.ThrowsAsync<SqliteStorageException>(() => WriteAsync("large", Much));
        await Assert.ThrowsAsync<SqliteStorageException>(() => WriteAsync("large", Much));
        await SetPagesAsync("1000000");

        await _temporary.Database.DisposeAsync();

        Assert.Equal([3010, 3011], _log.Warnings);
    }

    [Fact]
    public async Task Count_WriteThatFailed_IsNotCounted()
    {
        var indexes = OrderIndexSet.In(_temporary.Database);
        await FillDiskAsync();
        using var writer = new HeldWriter(_temporary.Database);
        var scheduled = indexes.Writer.ScheduleAsync("order-1", DateTimeOffset.UnixEpoch).AsTask();
        var large = WriteAsync("large", Much);

        writer.Release();

        await Assert.ThrowsAsync<SqliteStorageException>(() => large);
        await Assert.ThrowsAsync<SqliteStorageException>(() => scheduled);
        Assert.Equal(0, await indexes.Pending.CountAsync());
    }

    private ValueTask<object?> FillDiskAsync() => SetPagesAsync("1");

    /// <summary>SQLite takes a limit below the present size for the present size.</summary>
    private ValueTask<object?> SetPagesAsync(string pages) => _temporary.Database.WriteAsync(
        new Doing<object?>(session => session.Scalar($"PRAGMA max_page_count = {pages}")), CancellationToken.None);

    private async Task<GrainState<CupState>> WriteAsync(string key, string note)
    {
        var state = new GrainState<CupState>(new CupState { Note = note });
        await Storage.WriteStateAsync("cup", GrainId.Create("cup", key), state);
        return state;
    }

    private async Task<GrainState<CupState>> ReadAsync(string key)
    {
        var state = new GrainState<CupState>(new CupState());
        await Storage.ReadStateAsync("cup", GrainId.Create("cup", key), state);
        return state;
    }
}
