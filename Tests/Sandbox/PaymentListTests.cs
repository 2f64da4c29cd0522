using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class PaymentListTests
{
    [Fact]
    public async Task List_MoreThanAPage_GoesOnFromTheCursorNewestFirst()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        for (var i = 1; i <= 5; i++)
            await sandbox.PutAsync($"/sandbox/payments/p{i}", new { status = "pending" });

        var first = await sandbox.GetAsync("/v3/payments?limit=2");
        var second = await sandbox.GetAsync($"/v3/payments?limit=2&cursor={first.Text("next_cursor")}");
        var third = await sandbox.GetAsync($"/v3/payments?limit=2&cursor={second.Text("next_cursor")}");

        Assert.Equal("list", first.Text("type"));
        Assert.Equal(["p5", "p4"], Ids(first));
        Assert.Equal(["p3", "p2"], Ids(second));
        Assert.Equal(["p1"], Ids(third));
        Assert.False(third.Has("next_cursor"));
    }

    [Fact]
    public async Task List_NoLimitGiven_HasTenItems()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        for (var i = 1; i <= 11; i++)
            await sandbox.PutAsync($"/sandbox/payments/p{i}", new { status = "pending" });

        var list = await sandbox.GetAsync("/v3/payments");

        Assert.Equal(10, list.Items.Count);
    }

    [Theory]
    [InlineData("created_at.gte=2026-03-01T12:00:01.000Z", "p2 p1")]
    [InlineData("created_at.gt=2026-03-01T12:00:01Z", "p2")]
    [InlineData("created_at.lte=2026-03-01T15:00:01.000%2B03:00", "p1 p0")]
    [InlineData("created_at.lt=2026-03-01T12:00:01.000Z", "p0")]
    [InlineData("created_at.gt=2026-03-01T12:00:00.000Z&created_at.lt=2026-03-01T12:00:02.000Z", "p1")]
    [InlineData("status=succeeded", "p1")]
    [InlineData("status=pending", "p2 p0")]
    [InlineData("status=pending&limit=1", "p2")]
    [InlineData("status=canceled", "")]
    public async Task List_Filtered_HasWhatMatches(string query, string expected)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await sandbox.PutAsync($"/sandbox/payments/p{i}", new { status = i == 1 ? "succeeded" : "pending" });
            sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var list = await sandbox.GetAsync($"/v3/payments?{query}");

        Assert.Equal(expected, string.Join(' ', Ids(list)));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=101", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("cursor=nonsense", "cursor")]
    [InlineData("status=paid", "status")]
    [InlineData("created_at.gte=yesterday", "created_at.gte")]
    [InlineData("created_at.eq=2026-03-01T12:00:01.000Z", "created_at.eq")]
    public async Task List_WrongParameter_Answers400WithItsName(string query, string parameter)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.GetAsync($"/v3/payments?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.Text("code"));
        Assert.Equal(parameter, answer.Text("parameter"));
    }

    private static IEnumerable<string> Ids(Answer list) =>
        list.Items.Select(item => item.GetProperty("id").GetString()!);
}
