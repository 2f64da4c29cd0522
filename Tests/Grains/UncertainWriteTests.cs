using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Orleans.Storage;

namespace CoffeePayment.Tests.Grains;

/// <summary>What an order makes of a write that was done although the storage failed.</summary>
public class UncertainWriteTests
{
    private static readonly ProviderAnswer Pending = new ProviderAnswer.Pending();

    [Fact]
    public async Task Check_WrittenButNotAnswered_CountsAndTheOrderKeepsItsActivation()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.States.LoseNextAnswer();

        var unsettled = await cluster.CheckWhenDueAsync("order-1", Pending);
        var askedAgain = cluster.Provider.WhenAskedAsync("order-1");
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        await PaymentCluster.PatientlyAsync(askedAgain);
        await cluster.SettleAsync("order-1");
        var order = await cluster.OrderAsync("order-1");

        Assert.Equal(0, unsettled.CheckAttempts);
        Assert.Equal(2, order.CheckAttempts);
        Assert.Equal(2, cluster.Provider.AsksFor("order-1").Count);
        Assert.Equal(1, await cluster.ActiveOrdersAsync());
    }

    [Fact]
    public async Task Check_WrittenButNotAnsweredAndThenBySomebodyElse_LetsGo()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var order = await cluster.RegisterAsync("order-1");
        cluster.Stores.States.LoseNextAnswer();
        await cluster.CheckWhenDueAsync("order-1", Pending);
        cluster.Stores.States.Put(order with { CheckAttempts = 7, Revision = 8 });

        await cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);
        await cluster.SettleAsync("order-1");
        var seen = await cluster.OrderAsync("order-1");

        Assert.Equal(7, seen.CheckAttempts);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Make_SentIsWrittenButNotAnswered_IsSentOnceItIsKnown()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        cluster.Stores.States.LoseNextAnswer();

        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));
        var sentAtFirst = cluster.Machine.Commands.Count;
        await cluster.StepAfterAsync("order-1", TimeSpan.FromSeconds(5));
        var order = await cluster.StepWhenDueAsync("order-1");

        Assert.Equal(0, sentAtFirst);
        Assert.Equal(OrderStatus.MakePending, order.Status);
        Assert.Single(cluster.Machine.Commands);
        Assert.Single(cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Check_WrittenButNotAnsweredAndThenRefusedAResolution_IsMadeAgainWhenItIsDue()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var first = await CheckWithoutAnswerOfTheStorageAsync(cluster);

        var resolution = new Resolution(ResolutionOutcome.NotMade, Note: null);
        var refused = await cluster.Grain("order-1").ResolveAsync(resolution);
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        await cluster.SettleAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", Pending);

        Assert.NotNull(refused.Refusal);
        Assert.Equal(first + TimeSpan.FromSeconds(60), refused.Order!.DueAt);
        Assert.Equal([first, first + TimeSpan.FromSeconds(60)], cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Check_DueToBeWrittenAgainWhileAResolutionFindsItWritten_IsMadeAgainWhenItIsDue()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        var first = await CheckWithoutAnswerOfTheStorageAsync(cluster);

        var read = cluster.Stores.States.HoldNextRead();
        var resolving = cluster.Grain("order-1").ResolveAsync(new Resolution(ResolutionOutcome.NotMade, Note: null));
        await PaymentCluster.PatientlyAsync(read.Reached);
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        read.Release();
        await PaymentCluster.PatientlyAsync(resolving);
        await cluster.SettleAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", Pending);

        Assert.Equal([first, first + TimeSpan.FromSeconds(60)], cluster.Provider.AsksFor("order-1"));
    }

    [Fact]
    public async Task Registration_WrittenButNotAnswered_IsKnownWhenItComesAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        cluster.Stores.States.LoseNextAnswer();
        var grain = cluster.Grain("order-1");
        var registration = PaymentCluster.Registration("order-1");

        var failure = await Record.ExceptionAsync(() => grain.RegisterAsync(registration));
        var again = await grain.RegisterAsync(registration);

        Assert.NotNull(failure);
        Assert.Equal(RegistrationOutcome.Existed, again.Outcome);
    }

    [Fact]
    public async Task Resolution_WrittenButNotAnswered_IsThereWhenItComesAgain()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Succeeded(new Money(1, "RUB")));
        cluster.Stores.States.LoseNextAnswer();
        var grain = cluster.Grain("order-1");
        var resolution = new Resolution(ResolutionOutcome.Refunded, Note: null);

        var failure = await Record.ExceptionAsync(() => grain.ResolveAsync(resolution));
        var again = await grain.ResolveAsync(resolution);

        Assert.NotNull(failure);
        Assert.Equal(OrderStatus.Refunded, again.Order!.Status);
    }

    [Fact]
    public async Task Resolution_WrittenAndAnsweredByAConflictWhileASweepWaits_IsWhatTheSweepLists()
    {
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("order-1");
        var found = await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Succeeded(new Money(1, "RUB")));
        var grain = cluster.Grain("order-1");

        var write = cluster.Stores.States.HoldNextWrite();
        var resolving = grain.ResolveAsync(new Resolution(ResolutionOutcome.Refunded, Note: null));
        await PaymentCluster.PatientlyAsync(write.Reached);
        cluster.Stores.States.Put(
            found with { Status = OrderStatus.Refunded, IsResolved = true, Revision = found.Revision + 1 });
        var sweeping = grain.EnsureRunningAsync(TimeSpan.Zero);
        await PaymentCluster.PatientlyAsync(grain.GetAsync());
        write.Release();
        await Assert.ThrowsAsync<InconsistentStateException>(() => PaymentCluster.PatientlyAsync(resolving));
        await PaymentCluster.PatientlyAsync(sweeping);

        Assert.Equal(0, await cluster.Stores.Attention.CountAsync());
        Assert.Equal(1, (await cluster.Stores.Statuses.CountAsync())[OrderStatus.Refunded]);
        Assert.Null(cluster.Stores.Pending.DueOf("order-1"));
    }

    /// <summary>An order on the slow track whose first check is written, which it does not know.</summary>
    /// <returns>When that check was due.</returns>
    private static async Task<DateTimeOffset> CheckWithoutAnswerOfTheStorageAsync(PaymentCluster cluster)
    {
        var start = cluster.Time.GetUtcNow();
        await cluster.Grain("order-1").RegisterAsync(
            PaymentCluster.Registration("order-1") with { PaymentStartedAt = start - TimeSpan.FromMinutes(6) });
        var first = (await cluster.OrderAsync("order-1")).DueAt!.Value;
        cluster.Stores.States.LoseNextAnswer();
        await cluster.CheckWhenDueAsync("order-1", Pending);
        return first;
    }
}
