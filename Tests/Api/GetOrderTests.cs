using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Api;

public sealed class GetOrderTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Get_KnownOrder_IsReadWithoutACheck()
    {
        _api.Cluster.Add("order-1");

        var answer = await _api.GetAsync("/v1/orders/order-1");

        Assert.Equal(200, answer.Status);
        Assert.Equal("order-1", answer.Json.GetProperty("id").GetString());
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Empty(_api.Cluster.Order("order-1").Checks);
    }

    [Fact]
    public async Task Get_Text_IsWrittenAsItIs()
    {
        var registration = _api.Cluster.Add("order-1").Registration with { DrinkName = "Капучино +1 'L' ч" };
        _api.Cluster.Order("order-1").Change(order => order with { Registration = registration });

        var answer = await _api.GetAsync("/v1/orders/order-1");

        Assert.Contains("\"drink_name\":\"Капучино +1 'L' ч\"", answer.Text);
    }

    [Fact]
    public async Task Get_Refresh_ChecksUnlessOneSecondOld()
    {
        _api.Cluster.Add("order-1");

        var answer = await _api.GetAsync("/v1/orders/order-1?refresh=true");

        Assert.Equal(1, answer.Json.GetProperty("check_attempts").GetInt32());
        Assert.Equal([TimeSpan.FromSeconds(1)], _api.Cluster.Order("order-1").Checks);
    }

    [Fact]
    public async Task Get_RefreshNeitherTrueNorFalse_Is422()
    {
        var answer = await _api.GetAsync("/v1/orders/order-1?refresh=maybe");

        Assert.Equal(422, answer.Status);
        Assert.Equal("refresh: must be true or false", answer.Errors);
    }

    [Theory]
    [InlineData("order-2")]
    [InlineData("order-2?refresh=true")]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("%D0%B7")]
    public async Task Get_NoSuchOrder_Is404(string path)
    {
        var answer = await _api.GetAsync($"/v1/orders/{path}");

        Assert.Equal(404, answer.Status);
        Assert.Equal("order-not-found", answer.ProblemType);
    }

    [Fact]
    public async Task Get_IdTooLong_Is404()
    {
        var answer = await _api.GetAsync($"/v1/orders/{new string('a', 256)}");

        Assert.Equal(404, answer.Status);
        Assert.Equal("order-not-found", answer.ProblemType);
    }

    [Fact]
    public async Task Get_GivenUpOrder_TellsItsLateCheckAndNoNextOne()
    {
        var dueAt = _api.Cluster.Time.GetUtcNow().AddMinutes(5);
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with
        {
            Status = OrderStatus.Failed,
            StatusReason = "provider_unreachable",
            Track = Track.Late,
            DueAt = dueAt,
        });

        var order = (await _api.GetAsync("/v1/orders/order-1")).Json;

        Assert.Equal("failed", order.GetProperty("status").GetString());
        Assert.Equal("late", order.GetProperty("track").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, order.GetProperty("next_check_at").ValueKind);
        Assert.Equal("2026-03-01T12:05:00+00:00", order.GetProperty("next_late_check_at").GetString());
    }

    [Fact]
    public async Task Get_PaidOrder_TellsNoNextCheckAlthoughItIsDue()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with
        {
            Status = OrderStatus.Paid,
            Track = null,
            Make = new MakeProgress { Attempts = 2, SentAt = _api.Cluster.Time.GetUtcNow(), IsInFlight = true },
        });

        var order = (await _api.GetAsync("/v1/orders/order-1")).Json;

        Assert.Equal("paid", order.GetProperty("status").GetString());
        Assert.Equal(2, order.GetProperty("make_attempts").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, order.GetProperty("next_check_at").ValueKind);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, order.GetProperty("next_late_check_at").ValueKind);
    }
}
