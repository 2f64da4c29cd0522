using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Api;

public sealed class OrderActionTests : IAsyncLifetime
{
    private const string NoText = "must be a string of valid Unicode";

    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Check_KnownOrder_IsMadeWhateverTheLastOnesAge()
    {
        _api.Cluster.Add("order-1");

        var answer = await _api.PostAsync("/v1/orders/order-1/check");

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, answer.Json.GetProperty("check_attempts").GetInt32());
        Assert.Equal([TimeSpan.Zero], _api.Cluster.Order("order-1").Checks);
    }

    [Theory]
    [InlineData("/v1/orders/order-2/check", null)]
    [InlineData("/v1/orders/a%20b/check", null)]
    [InlineData("/v1/orders/order-2/resolve", """{"outcome":"made"}""")]
    [InlineData("/v1/orders/a%20b/resolve", """{"outcome":"made"}""")]
    public async Task Action_NoSuchOrder_Is404(string path, string? body)
    {
        var answer = await _api.PostAsync(path, body);

        Assert.Equal(404, answer.Status);
        Assert.Equal("order-not-found", answer.ProblemType);
    }

    [Theory]
    [InlineData(OrderStatus.ManualMake, "made", "successful")]
    [InlineData(OrderStatus.ManualMake, "refunded", "refunded")]
    [InlineData(OrderStatus.ManualMake, "dismissed", "manual_make")]
    [InlineData(OrderStatus.MakePending, "not_made", "make_failed")]
    public async Task Resolve_WhereTheRulesAllowIt_IsTheOrderAfterIt(OrderStatus from, string outcome, string to)
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with { Status = from, DueAt = null });

        var answer = await _api.PostAsync(
            "/v1/orders/order-1/resolve", $$"""{"outcome":"{{outcome}}","note":"Сделали\nруками"}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(to, answer.Json.GetProperty("status").GetString());
        var last = answer.Json.GetProperty("history").EnumerateArray().Last();
        Assert.Equal("resolved", last.GetProperty("kind").GetString());
        Assert.Equal(outcome, last.GetProperty("detail").GetString());
        Assert.Equal("Сделали\nруками", last.GetProperty("note").GetString());
    }

    [Fact]
    public async Task Resolve_WhereTheRulesForbidIt_Is409WithTheReason()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with { Status = OrderStatus.Refunded, DueAt = null });

        var answer = await _api.PostAsync("/v1/orders/order-1/resolve", """{"outcome":"made"}""");

        Assert.Equal(409, answer.Status);
        Assert.Equal("not-allowed", answer.ProblemType);
        Assert.Equal("The order is refunded: nothing can follow.", answer.Json.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("{}", "outcome: is required")]
    [InlineData("""{"outcome":"won"}""", "outcome: must be one of: made, not_made, refunded, dismissed")]
    [InlineData("""{"outcome":1,"note":2}""", $"outcome: {NoText}\nnote: {NoText}")]
    [InlineData("""{"outcome":"made","note":"\u0007"}""", "note: must not have control characters")]
    public async Task Resolve_BadFields_Is422NamingThem(string body, string errors)
    {
        var answer = await _api.PostAsync("/v1/orders/order-1/resolve", body);

        Assert.Equal(422, answer.Status);
        Assert.Equal(errors, answer.Errors);
    }

    [Theory]
    [InlineData(1000, 404)]
    [InlineData(1001, 422)]
    public async Task Resolve_NoteOfEmoji_IsCountedInCharacters(int length, int status)
    {
        var note = string.Concat(Enumerable.Repeat("☕\uFE0F"[..1], length - 1)) + "😀";

        var answer = await _api.PostAsync("/v1/orders/order-1/resolve", $$"""{"outcome":"made","note":"{{note}}"}""");

        Assert.Equal(status, answer.Status);
    }
}
