using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Silo.Storage;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Storage.Sqlite;

/// <summary>
/// Real processes. SIGKILL leaves the system's cache alone, so this shows what a crash of the process loses: nothing
/// acknowledged. That a power cut loses nothing either rests on <c>PRAGMA synchronous = FULL</c>.
/// </summary>
public sealed class SqliteProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-sqlite-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Kill_WhileWriting_LosesNothingAcknowledged()
    {
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        using (var child = ChildProcess.Start(nameof(SqliteChild.WriteUntilKilled), _folder.FullName))
        {
            await foreach (var line in child.ReadLinesAsync())
            {
                var parts = line.Split(' ');
                acknowledged[parts[0]] = int.Parse(parts[1]);
                if (acknowledged.Values.Sum() == 2000)
                    child.Kill();
            }

            await child.EndedAsync();
        }

        using var database = SqliteDatabase.Open(new SqliteOptions { Directory = _folder.FullName });
        var storage = SqliteChild.StorageIn(database);
        var due = (await new SqlitePendingPaymentIndex(database).ReadOverdueAsync(DateTimeOffset.MaxValue, null, 100))
            .ToDictionary(entry => entry.OrderId, entry => entry.DueAt.ToUnixTimeMilliseconds());
        Assert.Equal(SqliteChild.Writers, acknowledged.Count);
        foreach (var (key, number) in acknowledged)
        {
            var state = new GrainState<CupState>(new CupState());
            await storage.ReadStateAsync("cup", GrainId.Create("cup", key), state);

            // What it was writing when it died may be there or not.
            Assert.InRange(state.State!.Sips, number, number + 1);
            Assert.InRange(due[key], number, number + 1);
        }
    }

    [Fact]
    public async Task Open_InUseByAnotherProcess_IsRefusedUntilThatOneIsKilled()
    {
        var options = new SqliteOptions { Directory = _folder.FullName };
        using var child = ChildProcess.Start(nameof(SqliteChild.WriteUntilKilled), _folder.FullName);
        await foreach (var _ in child.ReadLinesAsync())
            break;

        var refusal = Assert.Throws<SqliteStorageException>(() => SqliteDatabase.Open(options));
        child.Kill();
        await child.EndedAsync();
        using var database = SqliteDatabase.Open(options);

        Assert.EndsWith("is in use by another process; stop that one, or set another DATA_DIR.", refusal.Message);
        Assert.Equal(SqliteChild.Writers, database.Counts.Pending);
    }
}

/// <summary>What the processes do that these tests start.</summary>
internal static class SqliteChild
{
    public const int Writers = 8;

    public static SqliteGrainStorage StorageIn(SqliteDatabase database) =>
        new(database, new JsonGrainStateSerializer(CupJsonContext.Default));

    /// <summary>Counts up in several states and index entries, and prints each number once it is stored.</summary>
    public static Task WriteUntilKilled(string folder)
    {
        var database = SqliteDatabase.Open(new SqliteOptions { Directory = folder });
        var storage = StorageIn(database);
        var indexes = new SqliteOrderIndexWriter(database);
        return Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var key = $"cup-{writer}";
            var state = new GrainState<CupState>(new CupState());
            for (var number = 1; ; number++)
            {
                state.State = new CupState { Sips = number, Note = new string('x', 500) };
                await storage.WriteStateAsync("cup", GrainId.Create("cup", key), state);
                await indexes.ScheduleAsync(key, DateTimeOffset.FromUnixTimeMilliseconds(number));
                Console.WriteLine($"{key} {number}");
            }
        }));
    }
}
