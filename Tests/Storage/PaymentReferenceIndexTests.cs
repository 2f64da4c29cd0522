using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Storage;

/// <summary>What every index of payment references does, wherever it keeps its entries.</summary>
public abstract class PaymentReferenceIndexTests
{
    /// <summary>An index without entries.</summary>
    protected abstract IPaymentReferenceIndex Index { get; }

    [Fact]
    public async Task Find_UnknownPayment_IsNull() => Assert.Null(await Index.FindAsync("payment-1"));

    [Fact]
    public async Task Reserve_FreePayment_GivesItToTheOrder()
    {
        var owner = await Index.ReserveAsync("payment-1", "order-1");

        Assert.Equal("order-1", owner);
        Assert.Equal("order-1", await Index.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Reserve_OwnPaymentAgain_StaysWithTheOrder()
    {
        await Index.ReserveAsync("payment-1", "order-1");

        Assert.Equal("order-1", await Index.ReserveAsync("payment-1", "order-1"));
    }

    [Fact]
    public async Task Reserve_PaymentOfAnotherOrder_NamesThatOrder()
    {
        await Index.ReserveAsync("payment-1", "order-1");

        var owner = await Index.ReserveAsync("payment-1", "order-2");

        Assert.Equal("order-1", owner);
        Assert.Equal("order-1", await Index.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Reserve_ByManyAtOnce_NamesTheSameOrderToAll()
    {
        var owners = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            number => Task.Run(async () => await Index.ReserveAsync("payment-1", $"order-{number}"))));

        var owner = Assert.Single(owners.Distinct());
        Assert.Equal(owner, await Index.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Release_OrderWithPayment_FreesIt()
    {
        await Index.ReserveAsync("payment-1", "order-1");
        await Index.ReserveAsync("payment-2", "order-2");

        await Index.ReleaseAsync("order-1");

        Assert.Null(await Index.FindAsync("payment-1"));
        Assert.Equal("order-2", await Index.FindAsync("payment-2"));
        Assert.Equal("order-3", await Index.ReserveAsync("payment-1", "order-3"));
    }

    [Fact]
    public async Task Release_LoserOfAPayment_LeavesItToTheWinner()
    {
        await Index.ReserveAsync("payment-1", "order-1");
        await Index.ReserveAsync("payment-1", "order-2");

        await Index.ReleaseAsync("order-2");

        Assert.Equal("order-1", await Index.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Release_UnknownOrder_DoesNothing()
    {
        await Index.ReleaseAsync("order-1");

        Assert.Null(await Index.FindAsync("payment-1"));
    }

    [Fact]
    public void Index_AnySequenceOfCalls_BehavesAsTheModelDoes() => IndexModels.Check(Index);
}
