using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Orleans.Storage;

namespace CoffeePayment.Tests.Grains;

public class RegistrationTests
{
    [Fact]
    public async Task Register_NewOrder_IsInTheDueIndexBeforeItIsWritten()
    {
        await using var cluster = await PaymentCluster.StartAsync();

        var result = await cluster.Grain("order-1").RegisterAsync(PaymentCluster.Registration("order-1"));

        Assert.Equal(RegistrationOutcome.Created, result.Outcome);
        Assert.Equal(
            ["list order-1 pending, due", "state order-1 pending"], cluster.Stores.Journal);
        Assert.Equal(cluster.Time.GetUtcNow() + TimeSpan.FromSeconds(5), cluster.Stores.Pending.DueOf("order-1"));
        Assert.Equivalent(result.Order, cluster.Stores.States.Find("order-1"), strict: true);
        Assert.Equal("order-1", await cluster.Stores.Payments.FindAsync(PaymentCluster.PaymentOf("order-1")));
    }

    [Fact]
    public async Task Register_SameAgain_ReturnsTheOrderAndWritesNothing()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var first = await cluster.RegisterAsync("order-1");
        cluster.Stores.Journal.Clear();

        var again = await cluster.Grain("order-1").RegisterAsync(PaymentCluster.Registration("order-1"));

        Assert.Equal(RegistrationOutcome.Existed, again.Outcome);
        Assert.Equivalent(first, again.Order, strict: true);
        Assert.Empty(cluster.Stores.Journal);
    }

    [Fact]
    public async Task Register_OtherContentUnderTheSameId_IsAConflict()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");

        var other = await cluster.Grain("order-1").RegisterAsync(
            PaymentCluster.Registration("order-1") with { DrinkNumber = "8" });

        Assert.Equal(RegistrationOutcome.Conflict, other.Outcome);
        Assert.Equal("7", other.Order!.Registration.DrinkNumber);
    }

    [Fact]
    public async Task Register_PaymentOfAnotherOrder_IsRefusedAndLeavesNothing()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");

        var second = await cluster.Grain("order-2").RegisterAsync(
            PaymentCluster.Registration("order-2") with { PaymentReferenceId = PaymentCluster.PaymentOf("order-1") });

        Assert.Equal(RegistrationOutcome.PaymentTaken, second.Outcome);
        Assert.Equal("order-1", second.OtherOrderId);
        Assert.Null(await cluster.Grain("order-2").GetAsync());
        Assert.Null(cluster.Stores.Pending.DueOf("order-2"));
    }

    [Fact]
    public async Task Register_StorageKeepsTheIndexesOfPendingOrders_WritesTheStateAlone()
    {
        var stores = new Stores { Indexes = { KeepsPendingWithState = true } };
        await using var cluster = await PaymentCluster.StartAsync(stores);

        await cluster.RegisterAsync("order-1");

        Assert.Equal(["state order-1 pending"], stores.Journal);
    }

    [Fact]
    public async Task Register_StorageKeepsTheIndexesOfPendingOrders_PaymentOfAnotherOrderIsRefusedBeforeTheWrite()
    {
        var stores = new Stores { Indexes = { KeepsPendingWithState = true } };
        await using var cluster = await PaymentCluster.StartAsync(stores);
        await GivePaymentOf("order-2", to: "order-1", stores);
        stores.Journal.Clear();

        var refused = await cluster.Grain("order-2").RegisterAsync(PaymentCluster.Registration("order-2"));

        Assert.Equal((RegistrationOutcome.PaymentTaken, "order-1"), (refused.Outcome, refused.OtherOrderId));
        Assert.Empty(stores.Journal);
    }

    [Fact]
    public async Task Register_AnotherOrderGetsThePaymentWhileTheStateIsWritten_IsRefused()
    {
        var stores = new Stores { Indexes = { KeepsPendingWithState = true } };
        await using var cluster = await PaymentCluster.StartAsync(stores);
        var write = stores.States.HoldNextWrite();
        stores.States.FailNextWrite(new InconsistentStateException("Its payment is that of order order-1."));
        var registering = cluster.Grain("order-2").RegisterAsync(PaymentCluster.Registration("order-2"));
        await PaymentCluster.PatientlyAsync(write.Reached);

        await GivePaymentOf("order-2", to: "order-1", stores);
        write.Release();
        var refused = await registering;

        Assert.Equal((RegistrationOutcome.PaymentTaken, "order-1"), (refused.Outcome, refused.OtherOrderId));
        Assert.Null(await cluster.Grain("order-2").GetAsync());
    }

    [Fact]
    public async Task Register_StateNotWritten_FailsAndTheSameRegistrationWorksLater()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        cluster.Stores.States.FailNextWrite(new IOException("The disk is full."));
        var registration = PaymentCluster.Registration("order-1");

        var failure = await Assert.ThrowsAsync<OrleansException>(
            () => cluster.Grain("order-1").RegisterAsync(registration));
        var later = await cluster.Grain("order-1").RegisterAsync(registration);

        Assert.Equal("The disk is full.", failure.InnerException!.Message);
        Assert.Equal(RegistrationOutcome.Created, later.Outcome);
    }

    [Fact]
    public async Task Register_AskedForBeforeItIsWritten_IsCheckedWhenDue()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var grain = cluster.Grain("order-1");
        var write = cluster.Stores.States.HoldNextWrite();
        var registering = grain.RegisterAsync(PaymentCluster.Registration("order-1"));
        await PaymentCluster.PatientlyAsync(write.Reached);

        var early = await grain.GetAsync();
        var isKnown = await grain.HintAsync();
        write.Release();
        var registered = await registering;
        var asked = cluster.Provider.WhenAskedAsync("order-1");
        cluster.Time.AdvanceTo(registered.Order!.DueAt!.Value);

        Assert.Null(early);
        Assert.False(isKnown);
        await PaymentCluster.PatientlyAsync(asked);
    }

    [Fact]
    public async Task Register_ManyAtOnceForOnePayment_OneOrderGetsIt()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var registrations = Enumerable.Range(1, 20).Select(
            i => PaymentCluster.Registration($"order-{i}") with { PaymentReferenceId = "the-payment" });

        var results = await Task.WhenAll(
            registrations.Select(registration => cluster.Grain(registration.Id).RegisterAsync(registration)));

        Assert.Single(results, result => result.Outcome == RegistrationOutcome.Created);
        Assert.Equal(19, results.Count(result => result.Outcome == RegistrationOutcome.PaymentTaken));
    }

    [Fact]
    public async Task Get_UnknownOrder_IsNullAndKeepsNoActivation()
    {
        await using var cluster = await PaymentCluster.StartAsync();

        var order = await cluster.Grain("nobody").GetAsync();
        var hinted = await cluster.Grain("nobody").HintAsync();
        var resolved = await cluster.Grain("nobody").ResolveAsync(new Resolution(ResolutionOutcome.Made));

        Assert.Null(order);
        Assert.False(hinted);
        Assert.Null(resolved.Order);
    }

    private static async Task GivePaymentOf(string orderId, string to, Stores stores) =>
        await stores.Indexes.EnlistAsync(
            new OrderOrigin(PaymentCluster.PaymentOf(orderId), "machine-1", DateTimeOffset.UnixEpoch),
            new OrderIndexEntry(to, OrderStatus.Pending, DateTimeOffset.UnixEpoch, DueAt: null));
}
