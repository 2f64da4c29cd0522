namespace CoffeePayment.Tests.Storage;

/// <summary>What every index of payment references does, wherever it keeps its entries.</summary>
public abstract class PaymentReferenceIndexTests
{
    /// <summary>Indexes without entries.</summary>
    protected abstract OrderIndexSet Indexes { get; }

    [Fact]
    public async Task Find_UnknownPayment_IsNull() => Assert.Null(await Indexes.Payments.FindAsync("payment-1"));

    [Fact]
    public async Task Claim_FreePayment_GivesItToTheOrder()
    {
        var owner = await Indexes.ClaimAsync("payment-1", "order-1");

        Assert.Equal("order-1", owner);
        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Claim_OwnPaymentAgain_StaysWithTheOrder()
    {
        await Indexes.ClaimAsync("payment-1", "order-1");

        Assert.Equal("order-1", await Indexes.ClaimAsync("payment-1", "order-1"));
    }

    [Fact]
    public async Task Claim_PaymentOfAnotherOrder_NamesThatOrder()
    {
        await Indexes.ClaimAsync("payment-1", "order-1");

        var owner = await Indexes.ClaimAsync("payment-1", "order-2");

        Assert.Equal("order-1", owner);
        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Claim_ByManyAtOnce_NamesTheSameOrderToAll()
    {
        var owners = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            number => Task.Run(async () => await Indexes.ClaimAsync("payment-1", $"order-{number}"))));

        var owner = Assert.Single(owners.Distinct());
        Assert.Equal(owner, await Indexes.Payments.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Forget_OrderWithPayment_FreesIt()
    {
        await Indexes.ClaimAsync("payment-1", "order-1");
        await Indexes.ClaimAsync("payment-2", "order-2");

        await Indexes.Writer.ForgetAsync("order-1");

        Assert.Null(await Indexes.Payments.FindAsync("payment-1"));
        Assert.Equal("order-2", await Indexes.Payments.FindAsync("payment-2"));
        Assert.Equal("order-3", await Indexes.ClaimAsync("payment-1", "order-3"));
    }

    [Fact]
    public async Task Forget_LoserOfAPayment_LeavesItToTheWinner()
    {
        await Indexes.ClaimAsync("payment-1", "order-1");
        await Indexes.ClaimAsync("payment-1", "order-2");

        await Indexes.Writer.ForgetAsync("order-2");

        Assert.Equal("order-1", await Indexes.Payments.FindAsync("payment-1"));
    }

    [Fact]
    public async Task Forget_UnknownOrder_DoesNothing()
    {
        await Indexes.Writer.ForgetAsync("order-1");

        Assert.Null(await Indexes.Payments.FindAsync("payment-1"));
    }

    [Fact]
    public void Index_AnySequenceOfCalls_BehavesAsTheModelDoes() => IndexModels.CheckPayments(Indexes);
}
