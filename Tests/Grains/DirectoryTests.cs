using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Grains;

/// <summary>What lists of orders hold as orders go through their lives.</summary>
public sealed class DirectoryTests : IAsyncLifetime
{
    private PaymentCluster _cluster = null!;

    private IOrderDirectoryGrain Directory => _cluster.Grains.GetGrain<IOrderDirectoryGrain>(0);

    public async Task InitializeAsync() =>
        _cluster = await PaymentCluster.StartAsync(configure: options => options.AttemptsLimit = 1);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Theory]
    [InlineData(ResolutionOutcome.Made)]
    [InlineData(ResolutionOutcome.Refunded)]
    [InlineData(ResolutionOutcome.Dismissed)]
    public async Task Attention_OrderGivenUp_IsOnTheListUntilAPersonResolvesIt(ResolutionOutcome outcome)
    {
        await GiveUpAsync("order-1");
        await _cluster.RegisterAsync("order-2");

        var before = await AttentionAsync();
        await _cluster.Grain("order-1").ResolveAsync(new Resolution(outcome));

        Assert.Equal(["order-1"], before);
        Assert.Empty(await AttentionAsync());
        Assert.Equal(0, (await Directory.CountAsync()).Attention);
    }

    [Fact]
    public async Task Attention_MoneyFoundAfterADismissal_BringsTheOrderBack()
    {
        await GiveUpAsync("order-1");
        await _cluster.Grain("order-1").ResolveAsync(new Resolution(ResolutionOutcome.Dismissed));

        await _cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);
        var unpaid = await AttentionAsync();
        _cluster.Provider.AnswerWith("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));
        await _cluster.Grain("order-1").CheckAsync(TimeSpan.Zero);

        Assert.Empty(unpaid);
        Assert.Equal(["order-1"], await AttentionAsync());
    }

    [Fact]
    public async Task Attention_ManyDismissed_DoNotFillThePages()
    {
        for (var i = 0; i < 6; i++) await GiveUpAsync($"order-{i}");
        foreach (var i in new[] { 1, 2, 4, 5 })
            await _cluster.Grain($"order-{i}").ResolveAsync(new Resolution(ResolutionOutcome.Dismissed));

        var page = await Directory.ListAttentionAsync(after: null, limit: 2);

        Assert.Equal(["order-3", "order-0"], page.Orders.Select(order => order.Id));
        Assert.Null(page.Next);
        Assert.Equal(2, (await Directory.CountAsync()).Attention);
    }

    [Fact]
    public async Task ByMachine_EveryOrderOfIt_IsListedWhateverItsStatus()
    {
        await GiveUpAsync("order-1");
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await _cluster.RegisterAsync("order-2");

        var page = await Directory.ListByMachineAsync("machine-1", after: null, limit: 10);
        var none = await Directory.ListByMachineAsync("machine-2", after: null, limit: 10);

        Assert.Equal(["order-2", "order-1"], page.Orders.Select(order => order.Id));
        Assert.Empty(none.Orders);
    }

    [Fact]
    public async Task Lists_OrderPastItsRetention_HaveItNoMore()
    {
        await GiveUpAsync("order-1");
        await _cluster.Grain("order-1").ResolveAsync(new Resolution(ResolutionOutcome.Refunded));
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        await _cluster.Grain("order-1").ForgetAsync(_cluster.Time.GetUtcNow());

        Assert.Empty((await Directory.ListByMachineAsync("machine-1", after: null, limit: 10)).Orders);
        Assert.Empty(await _cluster.Stores.Machines.ListAsync("machine-1", after: null, limit: 10));
    }

    private async Task GiveUpAsync(string orderId)
    {
        await _cluster.RegisterAsync(orderId);
        var failed = await _cluster.CheckWhenDueAsync(
            orderId, new ProviderAnswer.NoAnswer(NoAnswerCause.Network));
        Assert.Equal(OrderStatus.Failed, failed.Status);
    }

    private async Task<IEnumerable<string>> AttentionAsync() =>
        (await Directory.ListAttentionAsync(after: null, limit: 10)).Orders.Select(order => order.Id);
}
