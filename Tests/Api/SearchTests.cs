using System.Text.Json;

namespace CoffeePayment.Tests.Api;

public sealed class SearchTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiHarness.StartAsync();
        foreach (var id in new[] { "order-1", "order-2", "machine-1" })
        {
            _api.Cluster.Add(id);
            _api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("order-2", "order-2")]
    [InlineData("%20order-2%20", "order-2")]
    [InlineData("payment-of-order-1", "order-1")]
    [InlineData("machine-1", "machine-1 order-2 order-1")]
    [InlineData("order-3", "")]
    [InlineData("order", "")]
    [InlineData("%3Cimg%20src%3Dx%3E", "")]
    public async Task Search_OrderPaymentOrMachine_FindsEachOrderOnce(string text, string expected)
    {
        var answer = await _api.GetAsync($"/v1/search?q={text}");

        Assert.Equal(200, answer.Status);
        Assert.Equal(expected, string.Join(' ', Ids(answer.Json)));
    }

    [Fact]
    public async Task Search_MachinePageByPage_GivesEveryOrderOnce()
    {
        var first = (await _api.GetAsync("/v1/search?q=machine-1&limit=2")).Json;
        var cursor = first.GetProperty("next_cursor").GetString();
        var second = (await _api.GetAsync($"/v1/search?q=machine-1&limit=2&cursor={cursor}")).Json;

        Assert.Equal(["machine-1", "order-2"], Ids(first));
        Assert.Equal(["order-1"], Ids(second));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%20")]
    [InlineData("?q=a%00b")]
    public async Task Search_ForNothing_Is422(string query)
    {
        var answer = await _api.GetAsync($"/v1/search{query}");

        Assert.Equal((422, "q: must be a text of 1 to 255 characters"), (answer.Status, answer.Errors));
    }

    private static IEnumerable<string?> Ids(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(order => order.GetProperty("id").GetString());
}
