using System.Text;

namespace CoffeePayment.Tests.Api;

public sealed class ListOrdersTests : IAsyncLifetime
{
    private const string BadStatus =
        "status: must be one of: pending, paid, make_pending, successful, manual_make, make_failed, not_paid, failed, "
        + "refunded";

    private const string BadLimit = "limit: must be a whole number from 1 to 500";

    private const string BadCursor = "cursor: must be the next_cursor of a page of orders in the same status";

    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task List_PageByPage_GivesEveryOrderOnceNewestFirst()
    {
        for (var i = 1; i <= 5; i++)
        {
            _api.Cluster.Add($"order-{i}");
            _api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var pages = new List<string[]>();
        var cursor = "";
        while (cursor is not null)
        {
            var page = (await _api.GetAsync($"/v1/orders?status=pending&limit=2{cursor}")).Json;
            pages.Add([.. page.GetProperty("items").EnumerateArray().Select(o => o.GetProperty("id").GetString()!)]);
            var next = page.GetProperty("next_cursor").GetString();
            cursor = next is null ? null : $"&cursor={next}";
        }

        Assert.Equal([["order-5", "order-4"], ["order-3", "order-2"], ["order-1"]], pages);
    }

    [Fact]
    public async Task List_NoLimit_IsFifty()
    {
        for (var i = 0; i < 51; i++) _api.Cluster.Add($"order-{i}");

        var page = (await _api.GetAsync("/v1/orders?status=pending")).Json;

        Assert.Equal(50, page.GetProperty("items").GetArrayLength());
        Assert.NotNull(page.GetProperty("next_cursor").GetString());
    }

    [Fact]
    public async Task List_NoOrders_IsAnEmptyPage()
    {
        var answer = await _api.GetAsync("/v1/orders?status=make_failed");

        Assert.Equal("""{"items":[],"next_cursor":null}""", answer.Text);
    }

    [Theory]
    [InlineData("", BadStatus)]
    [InlineData("?status=Pending", BadStatus)]
    [InlineData("?status=all", BadStatus)]
    [InlineData("?status=paid&status=pending", BadStatus)]
    [InlineData("?status=paid&limit=0", BadLimit)]
    [InlineData("?status=paid&limit=501", BadLimit)]
    [InlineData("?status=paid&limit=-1", BadLimit)]
    [InlineData("?status=paid&limit=ten", BadLimit)]
    [InlineData("?status=paid&limit=", BadLimit)]
    [InlineData("?status=paid&limit=5%00", BadLimit)]
    [InlineData("?status=paid&limit=99999999999", BadLimit)]
    [InlineData("?status=paid&cursor=", BadCursor)]
    [InlineData("?status=paid&cursor=%00", BadCursor)]
    [InlineData("?status=x&limit=x&cursor=x", $"{BadStatus}\n{BadLimit}\n{BadCursor}")]
    public async Task List_BadQuery_Is422NamingEachParameter(string query, string errors)
    {
        var answer = await _api.GetAsync($"/v1/orders{query}");

        Assert.Equal(422, answer.Status);
        Assert.Equal(errors, answer.Errors);
    }

    [Theory]
    [InlineData("paid 1772366400000 order-1", 200)]
    [InlineData("pending 1772366400000 order-1", 422)]
    [InlineData("paid 1772366400000 ", 422)]
    [InlineData("paid 1772366400000 a b", 422)]
    [InlineData("paid 1772366400000", 422)]
    [InlineData("paid -1 order-1", 422)]
    [InlineData("paid 9223372036854775807 order-1", 422)]
    [InlineData("paid 99999999999999999999 order-1", 422)]
    [InlineData("paid x order-1", 422)]
    [InlineData("paid 1772366400000 заказ", 422)]
    public async Task List_MadeUpCursor_IsTakenOnlyIfItCouldBeOurs(string text, int status)
    {
        var cursor = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

        var answer = await _api.GetAsync($"/v1/orders?status=paid&cursor={cursor}");

        Assert.Equal(status, answer.Status);
    }
}
