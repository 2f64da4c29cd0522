using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Silo.Storage;
using Orleans.Storage;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>Group commit: who shares a transaction, who waits, and who is told what.</summary>
public sealed class SqliteWriterTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1000, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(10_000, 3)]
    public async Task Write_ManyThatWait_ShareTransactionsOfAtMost4096(int writes, int transactions)
    {
        using var temporary = new TemporaryDatabase();
        var indexes = OrderIndexSet.In(temporary.Database);
        using var writer = new HeldWriter(temporary.Database);

        var pending = Enumerable.Range(0, writes)
            .Select(n => indexes.Writer.ScheduleAsync($"order-{n}", Noon).AsTask()).ToList();
        writer.Release();
        await Task.WhenAll(pending);

        Assert.Equal(1 + transactions, temporary.Database.Commits);
        Assert.Equal(writes, await indexes.Pending.CountAsync());
    }

    [Fact]
    public async Task Write_ConflictAmongOthers_FailsAlone()
    {
        using var temporary = new TemporaryDatabase();
        var storage = new SqliteGrainStorage(temporary.Database, new JsonGrainStateSerializer(CupJsonContext.Default));
        using var writer = new HeldWriter(temporary.Database);

        var writes = Enumerable.Range(0, 10).Select(n => storage.WriteStateAsync(
            "cup",
            GrainId.Create("cup", $"cup-{n}"),
            new GrainState<CupState>(new CupState { Sips = n }) { ETag = n == 5 ? "stale" : null })).ToList();
        writer.Release();
        var exceptions = await Task.WhenAll(writes.Select(write => Record.ExceptionAsync(() => write)));

        Assert.Equal(2, temporary.Database.Commits);
        Assert.IsType<InconsistentStateException>(exceptions[5]);
        Assert.Equal(9, exceptions.Count(exception => exception is null));
    }

    [Fact]
    public async Task Write_Acknowledged_IsSeenByReaders()
    {
        using var temporary = new TemporaryDatabase();
        var indexes = OrderIndexSet.In(temporary.Database);

        for (var n = 0; n < 100; n++)
        {
            await indexes.ClaimAsync($"payment-{n}", $"order-{n}");
            Assert.Equal($"order-{n}", await indexes.Payments.FindAsync($"payment-{n}"));
        }
    }

    [Fact]
    public async Task Read_WhileATransactionIsOpen_NeitherWaitsNorSeesIt()
    {
        using var temporary = new TemporaryDatabase();
        var indexes = OrderIndexSet.In(temporary.Database);
        await indexes.ClaimAsync("payment-1", "order-1");
        using var writer = new HeldWriter(temporary.Database);
        var waiting = indexes.ClaimAsync("payment-2", "order-2").AsTask();

        Assert.Equal("order-1", await indexes.Payments.FindAsync("payment-1"));
        Assert.Null(await indexes.Payments.FindAsync("payment-2"));
        Assert.False(waiting.IsCompleted);

        writer.Release();
        Assert.Equal("order-2", await waiting);
    }

    [Fact]
    public async Task Write_QueueFull_WaitsForAPlace()
    {
        using var temporary = new TemporaryDatabase(options => options.QueueCapacity = 4);
        var indexes = OrderIndexSet.In(temporary.Database);
        using var writer = new HeldWriter(temporary.Database);

        var writes = Enumerable.Range(0, 10)
            .Select(n => indexes.Writer.ScheduleAsync($"order-{n}", Noon).AsTask())
            .ToList();
        writer.Release();
        await Task.WhenAll(writes);

        Assert.Equal(10, await indexes.Pending.CountAsync());
    }

    [Fact]
    public async Task Write_CanceledWhileTheQueueIsFull_IsNotStored()
    {
        using var temporary = new TemporaryDatabase(options => options.QueueCapacity = 1);
        var indexes = OrderIndexSet.In(temporary.Database);
        using var writer = new HeldWriter(temporary.Database);
        using var cancellation = new CancellationTokenSource();
        var first = indexes.Writer.ScheduleAsync("order-1", Noon).AsTask();
        var second = indexes.Writer.ScheduleAsync("order-2", Noon, cancellation.Token).AsTask();

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        writer.Release();
        await first;

        Assert.Equal(1, await indexes.Pending.CountAsync());
    }

    [Fact]
    public async Task Write_DiskHangs_FailsInTimeAndTheWriterGoesOn()
    {
        using var temporary = new TemporaryDatabase(options =>
        {
            options.QueueCapacity = 1;
            options.WriteTimeout = TimeSpan.FromMilliseconds(100);
        });
        var indexes = OrderIndexSet.In(temporary.Database);
        using var writer = new HeldWriter(temporary.Database);
        var queued = indexes.Writer.ScheduleAsync("order-1", Noon).AsTask();
        var withoutPlace = indexes.Writer.ScheduleAsync("order-2", Noon).AsTask();

        var started = await Assert.ThrowsAsync<SqliteStorageException>(() => writer.Held);
        var notStarted = await Assert.ThrowsAsync<SqliteStorageException>(() => queued);
        var notQueued = await Assert.ThrowsAsync<SqliteStorageException>(() => withoutPlace);
        writer.Release();
        await indexes.Writer.ScheduleAsync("order-3", Noon);

        Assert.EndsWith("the outcome is unknown.", started.Message);
        Assert.EndsWith("the outcome is unknown.", notStarted.Message);
        Assert.StartsWith("Not stored: No place in the queue", notQueued.Message);
        Assert.Equal(1, await indexes.Pending.CountAsync());
    }

    [Fact]
    public async Task Dispose_WritesWaiting_StoresThemFirst()
    {
        using var temporary = new TemporaryDatabase();
        var indexes = OrderIndexSet.In(temporary.Database);
        using var writer = new HeldWriter(temporary.Database);
        var writes = Enumerable.Range(0, 10)
            .Select(n => indexes.Writer.ScheduleAsync($"order-{n}", Noon).AsTask())
            .ToList();

        var closing = temporary.Database.DisposeAsync().AsTask();
        writer.Release();
        await closing;
        await Task.WhenAll(writes);
        temporary.Reopen();

        Assert.Equal(10, await new SqlitePendingPaymentIndex(temporary.Database).CountAsync());
    }

    [Fact]
    public async Task Database_AfterDispose_RefusesClearly()
    {
        using var temporary = new TemporaryDatabase();
        var indexes = OrderIndexSet.In(temporary.Database);

        await temporary.Database.DisposeAsync();

        var write = await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await indexes.Writer.ScheduleAsync("order-1", Noon));
        Assert.StartsWith("Not stored: the storage has been closed.", write.Message);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await indexes.Pending.ReadOverdueAsync(Noon, after: null, 1));
    }
}
