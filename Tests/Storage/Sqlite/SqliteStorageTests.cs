using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Sqlite;
using CoffeePayment.Silo.Storage;
using CoffeePayment.Tests.Grains;
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

/// <summary>
/// Pending orders, which are enlisted with their first states and move in the due index with the others.
/// </summary>
public sealed class SqlitePendingOrderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly GrainId Id = GrainId.Create("pendingpayment", "order-1");

    private readonly TemporaryDatabase _temporary = new();

    private SqliteGrainStorage Storage =>
        new(_temporary.Database, new JsonGrainStateSerializer(OrderJsonContext.Default));

    private OrderIndexSet Indexes => OrderIndexSet.In(_temporary.Database);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Write_FirstState_EnlistsTheOrder()
    {
        await RegisterAsync(dueAt: Noon);

        Assert.Equal([new DueEntry("order-1", Noon)], await DueAsync());
        Assert.Equal(1, await Indexes.Pending.CountAsync());
        Assert.Equal("order-1", await Indexes.Payments.FindAsync(PaymentCluster.PaymentOf("order-1")));
        Assert.Equal(1, (await Indexes.Statuses.CountAsync())[OrderStatus.Pending]);
    }

    [Fact]
    public async Task Write_FirstStateOfAnOrderWhosePaymentAnotherHas_WritesNothing()
    {
        await Indexes.EnlistAsync(
            PaymentCluster.PaymentOf("order-1"), new OrderIndexEntry("other", OrderStatus.Pending, Noon, Noon));

        var refusal = await Assert.ThrowsAsync<InconsistentStateException>(() => RegisterAsync(dueAt: Noon));

        Assert.Contains("its payment is that of order other.", refusal.Message);
        Assert.Equal([new DueEntry("other", Noon)], await DueAsync());
        Assert.Equal(1, (await Indexes.Statuses.CountAsync())[OrderStatus.Pending]);
        var stored = new GrainState<PaymentOrder>();
        await Storage.ReadStateAsync("order", Id, stored);
        Assert.False(stored.RecordExists);
    }

    [Fact]
    public async Task Write_FirstStateWhereThereIsOne_LeavesTheIndexesAlone()
    {
        await RegisterAsync(dueAt: Noon);

        await Assert.ThrowsAsync<InconsistentStateException>(() => RegisterAsync(dueAt: Noon.AddSeconds(5)));

        Assert.Equal([new DueEntry("order-1", Noon)], await DueAsync());
        Assert.Equal(1, (await Indexes.Statuses.CountAsync())[OrderStatus.Pending]);
    }

    [Fact]
    public async Task Write_OrderStillPending_MovesItInTheDueIndex()
    {
        var state = await RegisterAsync(dueAt: Noon);

        await WriteAsync(state, OrderStatus.Pending, dueAt: Noon.AddSeconds(5));

        Assert.True(Indexes.Writer.KeepsPendingWithState);
        Assert.Equal([new DueEntry("order-1", Noon.AddSeconds(5))], await DueAsync());
        Assert.Equal(1, await Indexes.Pending.CountAsync());
    }

    [Fact]
    public async Task Write_OrderMissingInTheDueIndex_IsThereAndCounted()
    {
        var state = await RegisterAsync(dueAt: Noon);
        await Indexes.Writer.ForgetAsync("order-1");

        await WriteAsync(state, OrderStatus.Pending, dueAt: Noon.AddSeconds(5));

        Assert.Equal([new DueEntry("order-1", Noon.AddSeconds(5))], await DueAsync());
        Assert.Equal(1, await Indexes.Pending.CountAsync());
    }

    [Fact]
    public async Task Write_Conflict_LeavesTheDueIndexAlone()
    {
        var state = await RegisterAsync(dueAt: Noon);
        state.ETag = "stale";

        await Assert.ThrowsAsync<InconsistentStateException>(
            () => WriteAsync(state, OrderStatus.Pending, dueAt: Noon.AddSeconds(5)));

        Assert.Equal([new DueEntry("order-1", Noon)], await DueAsync());
    }

    /// <summary>By the entry that is left the sweeper finds an order whose lists were not written any more.</summary>
    [Fact]
    public async Task Write_OrderThatIsPendingNoLonger_LeavesTheDueIndexToItsWriter()
    {
        var state = await RegisterAsync(dueAt: Noon);

        await WriteAsync(state, OrderStatus.NotPaid, dueAt: Noon.AddHours(1));

        Assert.Equal([new DueEntry("order-1", Noon)], await DueAsync());
    }

    private async Task<GrainState<PaymentOrder>> RegisterAsync(DateTimeOffset dueAt)
    {
        var state = new GrainState<PaymentOrder>();
        await WriteAsync(state, OrderStatus.Pending, dueAt);
        return state;
    }

    private Task WriteAsync(GrainState<PaymentOrder> state, OrderStatus status, DateTimeOffset dueAt)
    {
        var registration = PaymentCluster.Registration("order-1");
        state.State = new PaymentOrder { Registration = registration, Status = status, DueAt = dueAt };
        return Storage.WriteStateAsync("order", Id, state);
    }

    private async Task<IReadOnlyList<DueEntry>> DueAsync() =>
        await Indexes.Pending.ReadSoonestAsync(Noon, Noon.AddDays(1), after: null, limit: 10);
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
