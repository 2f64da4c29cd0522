using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Api;

public sealed class AttentionTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Attention_OrdersInAllStatuses_HasThoseThatWaitForAPerson()
    {
        foreach (var status in Enum.GetValues<OrderStatus>()) Add($"order-{WireNames.Of(status)}", status);
        Add("dismissed", OrderStatus.Failed, isResolved: true);

        var items = (await _api.GetAsync("/v1/attention")).Json.GetProperty("items").EnumerateArray();
        var stats = (await _api.GetAsync("/v1/stats")).Json;

        Assert.Equal(
            ["order-manual_make", "order-make_failed", "order-failed"],
            items.Select(item => item.GetProperty("id").GetString()));
        Assert.Equal(3, stats.GetProperty("attention").GetInt64());
    }

    [Fact]
    public async Task Attention_PageByPage_GivesEveryOrderOnce()
    {
        for (var i = 0; i < 3; i++) Add($"order-{i}", OrderStatus.ManualMake);

        var first = (await _api.GetAsync("/v1/attention?limit=2")).Json;
        var cursor = first.GetProperty("next_cursor").GetString();
        var second = (await _api.GetAsync($"/v1/attention?limit=2&cursor={cursor}")).Json;

        Assert.Equal(["order-2", "order-1"], first.GetProperty("items").EnumerateArray().Select(IdOf));
        Assert.Equal(["order-0"], second.GetProperty("items").EnumerateArray().Select(IdOf));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, second.GetProperty("next_cursor").ValueKind);
    }

    [Theory]
    [InlineData("?limit=0", "limit: must be a whole number from 1 to 500")]
    [InlineData("?cursor=x", "cursor: must be the next_cursor of a page of orders that need attention")]
    public async Task Attention_BadQuery_Is422NamingTheParameter(string query, string errors)
    {
        var answer = await _api.GetAsync($"/v1/attention{query}");

        Assert.Equal((422, errors), (answer.Status, answer.Errors));
    }

    private static string? IdOf(System.Text.Json.JsonElement order) => order.GetProperty("id").GetString();

    private void Add(string id, OrderStatus status, bool isResolved = false)
    {
        _api.Cluster.Add(id);
        _api.Cluster.Order(id).Change(order => order with { Status = status, IsResolved = isResolved });
    }
}
