using CoffeePayment.Hosting.Redis;
using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Tests.Engine;

namespace CoffeePayment.Tests.Contracts;

/// <summary>
/// What storage throws in a grain arrives at its caller with all that it says, for the API judges by it.
/// </summary>
[Collection(PlainEngine.Name)]
public sealed class StorageExceptionTests(PlainCluster cluster) : EngineTests(cluster)
{
    [Fact]
    public Task Throw_OfSqlite_ArrivesWhole() =>
        ArrivesWholeAsync<SqliteStorageException>(nameof(SqliteStorageException));

    [Fact]
    public Task Throw_OfRedis_ArrivesWhole() => ArrivesWholeAsync<RedisStorageException>(nameof(RedisStorageException));

    private async Task ArrivesWholeAsync<TException>(string kind)
        where TException : Exception
    {
        var grain = Client.GetGrain<IBrokenStorageGrain>(NewKey());

        var error = await Assert.ThrowsAsync<TException>(() => grain.ThrowAsync(kind));

        Assert.Equal("The order could not be written.", error.Message);
        Assert.Equal("No space left.", Assert.IsType<IOException>(error.InnerException).Message);
    }
}

[Alias("tests.IBrokenStorageGrain")]
public interface IBrokenStorageGrain : IGrainWithStringKey
{
    [Alias("Throw")]
    Task ThrowAsync(string kind);
}

public sealed class BrokenStorageGrain : Grain, IBrokenStorageGrain
{
    public Task ThrowAsync(string kind)
    {
        const string Message = "The order could not be written.";
        var cause = new IOException("No space left.");
        throw kind == nameof(SqliteStorageException)
            ? new SqliteStorageException(Message, cause)
            : new RedisStorageException(Message, cause);
    }
}
