using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Silo.Storage;
using Orleans.Storage;

namespace CoffeePayment.Tests.Storage.Sqlite;

public sealed class SqlitePendingPaymentIndexTests : PendingPaymentIndexTests, IDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    protected override OrderIndexSet Indexes => OrderIndexSet.In(_temporary.Database);

    public void Dispose() => _temporary.Dispose();
}

public sealed class SqlitePaymentReferenceIndexTests : PaymentReferenceIndexTests, IDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    protected override OrderIndexSet Indexes => OrderIndexSet.In(_temporary.Database);

    public void Dispose() => _temporary.Dispose();
}

public sealed class SqliteOrderStatusIndexTests : OrderStatusIndexTests, IDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    protected override OrderIndexSet Indexes => OrderIndexSet.In(_temporary.Database);

    public void Dispose() => _temporary.Dispose();
}

public sealed class SqliteOrderIndexWriterTests : OrderIndexWriterTests, IDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    protected override OrderIndexSet Indexes => OrderIndexSet.In(_temporary.Database);

    public void Dispose() => _temporary.Dispose();
}

public sealed class SqliteGrainStorageTests : GrainStorageTests, IDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    protected override IGrainStorage Storage =>
        new SqliteGrainStorage(_temporary.Database, new JsonGrainStateSerializer(CupJsonContext.Default));

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Write_Conflict_NamesBothEtags()
    {
        var id = GrainId.Create("cup", "cup-1");
        var first = new GrainState<CupState>(new CupState());
        await Storage.WriteStateAsync("cup", id, first);
        var stale = new GrainState<CupState>(new CupState()) { ETag = "stale" };

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(
            () => Storage.WriteStateAsync("cup", id, stale));

        Assert.Equal(first.ETag, conflict.StoredEtag);
        Assert.Equal("stale", conflict.CurrentEtag);
    }
}
