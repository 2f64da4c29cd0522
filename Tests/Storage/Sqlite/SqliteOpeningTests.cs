using System.Text;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Sqlite;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>What happens at start. A file that cannot be used: one clear line, and nothing is harmed.</summary>
public sealed class SqliteOpeningTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset StartedAt = Noon.AddMilliseconds(-61_234);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-sqlite-");

    private SqliteOptions Options => new() { Directory = Path.Combine(_folder.FullName, "data") };

    private string FilePath => Path.Combine(Options.Directory, "coffee.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Open_FolderMissing_CreatesIt()
    {
        using var database = SqliteDatabase.Open(Options);

        Assert.Equal(FilePath, database.Path);
        Assert.True(File.Exists(FilePath));
    }

    [Fact]
    public async Task Open_WriterSession_LogsAheadAndSyncsEveryCommit()
    {
        using var database = SqliteDatabase.Open(Options);

        var settings = await database.WriteAsync(
            new Doing<string>(session =>
                $"{session.Scalar("PRAGMA journal_mode")} {session.Scalar("PRAGMA synchronous")}"),
            CancellationToken.None);

        Assert.Equal("wal 2", settings);
    }

    [Fact]
    public async Task Open_AgainAfterClosing_KeepsStatesAndCounts()
    {
        using (var database = SqliteDatabase.Open(Options))
        {
            var writer = new SqliteOrderIndexWriter(database);
            await writer.PutAsync(new OrderIndexEntry("order-1", OrderStatus.ManualMake, Noon, DueAt: Noon));
            await writer.ScheduleAsync("order-2", Noon);
        }

        using var reopened = SqliteDatabase.Open(Options);

        Assert.Equal(2, await new SqlitePendingPaymentIndex(reopened).CountAsync());
        Assert.Equal(1, (await new SqliteOrderStatusIndex(reopened).CountAsync())[OrderStatus.ManualMake]);
    }

    [Fact]
    public async Task Open_SchemaWithoutMachinesAndAttention_ReadsThemFromTheStates()
    {
        using (var database = SqliteDatabase.Open(Options))
        {
            await StoreAsync(database, "waits", "machine-1", OrderStatus.Failed, isResolved: false);
            await StoreAsync(database, "dismissed", "machine-1", OrderStatus.Failed, isResolved: true);
            await StoreAsync(database, "pending", "machine-2", OrderStatus.Pending, isResolved: false);
            await new SqliteOrderIndexWriter(database).PutAsync(
                new OrderIndexEntry("without-a-state", OrderStatus.Failed, Noon, DueAt: null));
        }

        Execute(
            """
            DROP INDEX order_status_by_device;
            DROP INDEX order_status_attention;
            ALTER TABLE order_status DROP COLUMN needs_attention;
            ALTER TABLE order_status DROP COLUMN device;
            ALTER TABLE order_status DROP COLUMN started_ms;
            PRAGMA user_version = 1
            """);

        using var migrated = SqliteDatabase.Open(Options);

        var attention = new SqliteAttentionIndex(migrated);
        var machines = new SqliteMachineIndex(migrated);
        Assert.Equal([new StatusEntry("waits", Noon)], await attention.ListAsync(after: null, 10));
        Assert.Equal(1, await attention.CountAsync());
        Assert.Equal(
            [new StatusEntry("waits", StartedAt), new StatusEntry("dismissed", StartedAt)],
            await machines.ListAsync("machine-1", after: null, 10));
        Assert.Equal(
            [new StatusEntry("pending", StartedAt)], await machines.ListAsync("machine-2", after: null, 10));
    }

    [Fact]
    public void Open_FolderCannotBeCreated_NamesDataDir()
    {
        File.WriteAllText(Options.Directory, "a file where the folder should be");

        var exception = Assert.Throws<SqliteStorageException>(() => SqliteDatabase.Open(Options));

        Assert.StartsWith($"DATA_DIR {Options.Directory} cannot be written to: ", exception.Message);
    }

    [Fact]
    public void Open_InUseInThisProcess_IsRefused()
    {
        using var owner = SqliteDatabase.Open(Options);

        var exception = Assert.Throws<SqliteStorageException>(() => SqliteDatabase.Open(Options));

        Assert.Equal(
            $"{FilePath} is in use by another process; stop that one, or set another DATA_DIR.", exception.Message);
    }

    [Fact]
    public void Open_EmptyFile_MakesItADatabase()
    {
        Directory.CreateDirectory(Options.Directory);
        File.WriteAllBytes(FilePath, []);

        using var database = SqliteDatabase.Open(Options);

        Assert.Equal(0, database.Counts.Pending);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_IsRefusedAndLeftAlone()
    {
        Directory.CreateDirectory(Options.Directory);
        File.WriteAllBytes(FilePath, Encoding.UTF8.GetBytes(new string('x', 10_000)));

        AssertRefusedAndUntouched($"{FilePath} is damaged or not a database ");
    }

    [Fact]
    public void Open_DamagedSchema_IsRefusedAndLeftAlone()
    {
        SqliteDatabase.Open(Options).Dispose();
        using (var file = File.OpenWrite(FilePath))
        {
            // Behind the header of the first page lies the schema.
            file.Position = 100;
            file.Write(Enumerable.Repeat((byte)0xFF, 3000).ToArray());
        }

        AssertRefusedAndUntouched($"{FilePath} is damaged or not a database ");
    }

    [Fact]
    public void Open_DatabaseOfAnotherApplication_IsRefusedAndLeftAlone()
    {
        Execute("CREATE TABLE recipes (name TEXT)");

        AssertRefusedAndUntouched($"{FilePath} is a database of another application.");
    }

    [Fact]
    public void Open_NewerSchema_IsRefusedAndLeftAlone()
    {
        SqliteDatabase.Open(Options).Dispose();
        Execute("PRAGMA user_version = 99");

        AssertRefusedAndUntouched(
            $"{FilePath} was written by a newer version (schema 99, this one knows up to {SqliteSchema.Version}).");
    }

    [Fact]
    public void Open_AfterARefusal_WorksOnceTheFileIsGone()
    {
        Directory.CreateDirectory(Options.Directory);
        File.WriteAllText(FilePath, "not a database, and long enough that SQLite looks at it as one");
        Assert.Throws<SqliteStorageException>(() => SqliteDatabase.Open(Options));
        File.Delete(FilePath);

        using var database = SqliteDatabase.Open(Options);

        Assert.Equal(0, database.Counts.Pending);
    }

    private static async Task StoreAsync(
        SqliteDatabase database, string id, string machine, OrderStatus status, bool isResolved)
    {
        var storage = new SqliteGrainStorage(database, new(Silo.Storage.OrderJsonContext.Default));
        var order = new PaymentOrder
        {
            Registration = new OrderRegistration
            {
                Id = id,
                MerchantId = "default",
                PaymentScenario = PaymentScenario.Yookassa,
                PaymentReferenceId = $"payment-of-{id}",
                DeviceUuid = machine,
                DrinkNumber = "7",
                Size = DrinkSize.Small,
                Price = new Money(15_000, "RUB"),
                PaymentStartedAt = StartedAt.ToOffset(TimeSpan.FromHours(3)),
            },
            Status = status,
            IsResolved = isResolved,
        };
        await storage.WriteStateAsync(
            "order", GrainId.Create("pendingpayment", id), new GrainState<PaymentOrder>(order));
        await new SqliteOrderIndexWriter(database).PutAsync(new OrderIndexEntry(id, status, Noon, DueAt: null));
    }

    private void AssertRefusedAndUntouched(string messageStart)
    {
        var before = File.ReadAllBytes(FilePath);

        var exception = Assert.Throws<SqliteStorageException>(() => SqliteDatabase.Open(Options));

        Assert.StartsWith(messageStart, exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.Equal(before, File.ReadAllBytes(FilePath));
        Assert.Equal(
            ["coffee.db", "coffee.db.lock"], Directory.GetFiles(Options.Directory).Select(Path.GetFileName).Order());
    }

    private void Execute(string sql)
    {
        Directory.CreateDirectory(Options.Directory);
        using var session = new SqliteSession(FilePath, sql);
    }
}
