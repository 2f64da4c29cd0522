using System.Net;
using System.Text.Json;
using System.Threading.Channels;

namespace CoffeePayment.Tests.Sandbox;

public sealed class WebhookTests
{
    [Theory]
    [InlineData("succeeded", "payment.succeeded")]
    [InlineData("canceled", "payment.canceled")]
    [InlineData("waiting_for_capture", "payment.waiting_for_capture")]
    public async Task Control_NewStatus_IsNotified(string status, string occasion)
    {
        await using var shop = await Shop.StartAsync();
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/webhooks", new { url = shop.Url });

        await sandbox.PutAsync("/sandbox/payments/p1", new { status });
        var notification = await shop.NextAsync();
        var payment = await sandbox.GetAsync("/v3/payments/p1");

        Assert.Equal("notification", notification.GetProperty("type").GetString());
        Assert.Equal(occasion, notification.GetProperty("event").GetString());
        Assert.Equal(payment.Content, notification.GetProperty("object").GetRawText());
    }

    [Fact]
    public async Task PageCaptureAndRefund_OneAfterTheOther_AreNotified()
    {
        await using var shop = await Shop.StartAsync();
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/webhooks", new { url = shop.Url });
        var id = await sandbox.CreateAsync(capture: false);

        await sandbox.PostAsync($"/sandbox/pay/{id}/pay", body: null);
        var paid = await shop.NextAsync();
        await sandbox.PostAsync($"/v3/payments/{id}/capture", new { });
        var captured = await shop.NextAsync();
        await sandbox.PostAsync("/v3/refunds", new { payment_id = id, amount = SandboxHarness.Amount("1.00") });
        var refunded = await shop.NextAsync();

        Assert.Equal("payment.waiting_for_capture", paid.GetProperty("event").GetString());
        Assert.Equal("payment.succeeded", captured.GetProperty("event").GetString());
        Assert.Equal("refund.succeeded", refunded.GetProperty("event").GetString());
        Assert.Equal(id, refunded.GetProperty("object").GetProperty("payment_id").GetString());
    }

    [Fact]
    public async Task Control_AfterSeconds_IsNotifiedThen()
    {
        await using var shop = await Shop.StartAsync();
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/webhooks", new { url = shop.Url });
        var armed = sandbox.Clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(30));

        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded", after_s = 30 });
        await armed;
        var before = (await sandbox.GetAsync("/sandbox/webhooks")).At("notifications").GetInt32();
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var notification = await shop.NextAsync();

        Assert.Equal(0, before);
        Assert.Equal("payment.succeeded", notification.GetProperty("event").GetString());
    }

    [Fact]
    public async Task Control_PlanReplaced_IsNotNotified()
    {
        await using var shop = await Shop.StartAsync();
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/webhooks", new { url = shop.Url });
        var armed = sandbox.Clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(30));
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded", after_s = 30 });
        await armed;

        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "canceled" });
        var canceled = await shop.NextAsync();
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        await sandbox.PutAsync("/sandbox/payments/p2", new { status = "succeeded" });
        var next = await shop.NextAsync();

        Assert.Equal("payment.canceled", canceled.GetProperty("event").GetString());
        Assert.Equal("p2", next.GetProperty("object").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Shop_AnswersOtherThan200_GetsItAgainUntilItDoes()
    {
        await using var shop = await Shop.StartAsync(HttpStatusCode.NotFound, HttpStatusCode.Accepted);
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/webhooks", new { url = shop.Url });

        var waitsOnce = sandbox.Clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(1));
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        var first = await shop.NextAsync();
        await waitsOnce;
        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await shop.NextAsync();
        await sandbox.Clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(2));
        sandbox.Clock.Advance(TimeSpan.FromSeconds(2));
        var third = await shop.NextAsync();

        Assert.Equal(first.GetRawText(), second.GetRawText());
        Assert.Equal(first.GetRawText(), third.GetRawText());
    }

    [Fact]
    public async Task Shop_NeverReachable_IsGivenUpAfterSixTries()
    {
        var shop = await Shop.StartAsync();
        var url = shop.Url;
        await shop.DisposeAsync();
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/webhooks", new { url });

        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        foreach (var seconds in (int[])[1, 2, 4, 8, 16])
        {
            await sandbox.Clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(seconds));
            sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
        Answer view;
        do
            view = await sandbox.GetAsync("/sandbox/webhooks");
        while (view.At("given_up").GetInt32() == 0);

        Assert.Equal(1, view.At("notifications").GetInt32());
        Assert.Equal(0, view.At("delivered").GetInt32());
        Assert.Equal(0, sandbox.Clock.ArmedTimers);
    }

    [Fact]
    public async Task Webhooks_Deleted_AreSentNoMore()
    {
        await using var shop = await Shop.StartAsync();
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/webhooks", new { url = shop.Url });

        await sandbox.DeleteAsync("/sandbox/webhooks");
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        await sandbox.PutAsync("/sandbox/webhooks", new { url = shop.Url });
        await sandbox.PutAsync("/sandbox/payments/p2", new { status = "succeeded" });
        var notification = await shop.NextAsync();

        Assert.Equal("p2", notification.GetProperty("object").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"url":"shop"}""")]
    [InlineData("""{"url":"ftp://shop.example/"}""")]
    public async Task Webhooks_WrongUrl_Answers422(string body)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.SendAsync(HttpMethod.Put, "/sandbox/webhooks", new StringContent(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(["url"], answer.WrongFields);
    }

    /// <summary>Takes notifications, and answers as it is told, then always with 200.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        private readonly Channel<JsonElement> _received = Channel.CreateUnbounded<JsonElement>();
        private readonly Queue<HttpStatusCode> _answers;
        private readonly WebApplication _app;

        private Shop(WebApplication app, HttpStatusCode[] answers)
        {
            _app = app;
            _answers = new Queue<HttpStatusCode>(answers);
            app.MapPost("/hook", async (HttpContext context) =>
            {
                var body = await context.Request.ReadFromJsonAsync<JsonElement>();
                var status = _answers.TryDequeue(out var answer) ? answer : HttpStatusCode.OK;
                _received.Writer.TryWrite(body);
                return Results.StatusCode((int)status);
            });
        }

        public string Url => $"{_app.Urls.First()}/hook";

        public static async Task<Shop> StartAsync(params HttpStatusCode[] answers)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var shop = new Shop(app, answers);
            await app.StartAsync();
            return shop;
        }

        public async Task<JsonElement> NextAsync() => await _received.Reader.ReadAsync();

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();
    }
}
