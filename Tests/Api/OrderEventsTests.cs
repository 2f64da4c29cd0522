using System.Net.ServerSentEvents;
using System.Text.Json;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Api;

public sealed class OrderEventsTests : IAsyncLifetime
{
    /// <summary>Only a failing test ever waits so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync(options => options.EventStreamsMax = 2);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Events_UntilTheEnd_AreTheOrderNowAndAfterEveryChange()
    {
        _api.Cluster.Add("order-1");
        using var stream = await OpenAsync("order-1");
        var order = _api.Cluster.Order("order-1");

        var first = await stream.NextAsync();
        order.Change(o => o with { CheckAttempts = 1 });
        var second = await stream.NextAsync();
        order.Change(o => o with { Status = OrderStatus.Paid });
        var third = await stream.NextAsync();
        order.Change(o => o with { Status = OrderStatus.MakePending, DueAt = null });
        var fourth = await stream.NextAsync();

        Assert.Equal(("order", "1", "pending", 0), Tell(first));
        Assert.Equal(("order", "2", "pending", 1), Tell(second));
        Assert.Equal(("order", "3", "paid", 1), Tell(third));
        Assert.Equal(("order", "4", "make_pending", 1), Tell(fourth));
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task Events_Headers_KeepProxiesFromHoldingThemBack()
    {
        _api.Cluster.Add("order-1");

        using var stream = await OpenAsync("order-1");

        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-store", stream.Response.Headers.CacheControl!.ToString());
        Assert.Equal("no", Assert.Single(stream.Response.Headers.GetValues("X-Accel-Buffering")));
        Assert.Equal("retry: 2000", await stream.LineAsync());
    }

    [Fact]
    public async Task Events_NothingHappens_ACommentShowsThatTheStreamLives()
    {
        _api.Cluster.Add("order-1");
        using var stream = await OpenAsync("order-1");
        await stream.NextAsync();

        for (var i = 0; i < 3; i++)
        {
            await _api.Cluster.Time.WhenTimerArmedAsync(KeepAlive).WaitAsync(Patience);
            _api.Cluster.Time.Advance(KeepAlive);

            Assert.Equal(": keep-alive", await stream.LineAsync());
        }
    }

    [Fact]
    public async Task Events_OrderThatIsDone_AreOneAndTheEnd()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(o => o with { Status = OrderStatus.NotPaid, Track = Track.Late });
        using var stream = await OpenAsync("order-1");

        Assert.Equal(("order", "2", "not_paid", 0), Tell(await stream.NextAsync()));
        Assert.Null(await stream.NextAsync());
    }

    [Theory]
    [InlineData(null, "2")]
    [InlineData("1", "2")]
    [InlineData("7", "2")]
    [InlineData("-3", "2")]
    [InlineData("x", "2")]
    public async Task Events_ClientThatMissedSome_GetsTheOrderAtOnce(string? lastEventId, string expected)
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(o => o);

        using var stream = await OpenAsync("order-1", lastEventId);

        Assert.Equal(expected, (await stream.NextAsync())!.Value.EventId);
    }

    [Fact]
    public async Task Events_ClientThatMissedNone_GetsTheNextChangeOnly()
    {
        _api.Cluster.Add("order-1");
        using var stream = await OpenAsync("order-1", "1");

        _api.Cluster.Order("order-1").Change(o => o);

        Assert.Equal("2", (await stream.NextAsync())!.Value.EventId);
    }

    [Fact]
    public async Task Events_ClientThatHasSeenTheEnd_IsToldNotToComeBack()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(o => o with { Status = OrderStatus.Successful, DueAt = null });

        using var stream = await OpenAsync("order-1", "2");

        Assert.Equal(204, (int)stream.Response.StatusCode);
    }

    [Theory]
    [InlineData("order-2")]
    [InlineData("a%20b")]
    public async Task Events_NoSuchOrder_Is404(string id)
    {
        var answer = await _api.GetAsync($"/v1/orders/{id}/events");

        Assert.Equal(404, answer.Status);
        Assert.Equal("order-not-found", answer.ProblemType);
    }

    [Fact]
    public async Task Events_WhileTheOrderIsOutOfReach_GoOnAfterwards()
    {
        _api.Cluster.Add("order-1");
        using var stream = await OpenAsync("order-1");
        await stream.NextAsync();
        await _api.Cluster.Time.WhenTimerArmedAsync(KeepAlive).WaitAsync(Patience);

        _api.Cluster.Failure = new OrleansException("The silo is gone.");
        _api.Cluster.Time.Advance(KeepAlive);
        Assert.Equal(": keep-alive", await stream.LineAsync());
        Assert.Equal(": keep-alive", await stream.LineAsync());
        _api.Cluster.Failure = null;
        _api.Cluster.Order("order-1").Change(o => o);
        await AdvancePauseAsync();

        Assert.Equal("2", (await stream.NextAsync())!.Value.EventId);
    }

    [Fact]
    public async Task Events_OrderOutOfReachForAMinute_End()
    {
        _api.Cluster.Add("order-1");
        using var stream = await OpenAsync("order-1");
        await stream.NextAsync();
        await _api.Cluster.Time.WhenTimerArmedAsync(KeepAlive).WaitAsync(Patience);
        _api.Cluster.Failure = new OrleansException("The silo is gone.");
        _api.Cluster.Time.Advance(KeepAlive);
        Assert.Equal(": keep-alive", await stream.LineAsync());

        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(": keep-alive", await stream.LineAsync());
            await AdvancePauseAsync();
        }

        Assert.Null(await stream.NextAsync());
        Assert.Equal(5003, Assert.Single(_api.Log.All).Event);
    }

    [Fact]
    public async Task Events_MoreStreamsThanAllowed_Are503UntilOneEnds()
    {
        _api.Cluster.Add("order-1");
        var first = await OpenAsync("order-1");
        using var second = await OpenAsync("order-1");

        var refused = await _api.GetAsync("/v1/orders/order-1/events");
        _api.Cluster.Order("order-1").Change(o => o with { Status = OrderStatus.Successful, DueAt = null });
        while (await first.NextAsync() is not null) continue;
        first.Dispose();
        while (await second.NextAsync() is not null) continue;
        var served = await _api.GetAsync("/v1/orders/order-1/events");

        Assert.Equal(503, refused.Status);
        Assert.Equal("too-many-streams", refused.ProblemType);
        Assert.Equal(200, served.Status);
    }

    [Fact]
    public async Task Events_ServerStops_DoNotHoldItUp()
    {
        _api.Cluster.Add("order-1");
        using var stream = await OpenAsync("order-1");
        await stream.NextAsync();

        _api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Null(await stream.NextAsync());
        Assert.Empty(_api.Log.All);
    }

    private static (string Type, string? Id, string? Status, int Checks) Tell(SseItem<string>? item)
    {
        var order = JsonSerializer.Deserialize<JsonElement>(item!.Value.Data);
        return (
            item.Value.EventType,
            item.Value.EventId,
            order.GetProperty("status").GetString(),
            order.GetProperty("check_attempts").GetInt32());
    }

    private Task<EventReader> OpenAsync(string id, string? lastEventId = null) =>
        EventReader.OpenAsync(_api.Http, $"/v1/orders/{id}/events", lastEventId, Patience);

    /// <summary>Lets the pause pass that is made after a question which failed.</summary>
    private async Task AdvancePauseAsync()
    {
        var pause = TimeSpan.FromSeconds(1);
        await _api.Cluster.Time.WhenTimerArmedAsync(pause).WaitAsync(Patience);
        _api.Cluster.Time.Advance(pause);
    }
}
