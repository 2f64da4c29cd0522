using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Api;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Path = "/v1/webhooks/yookassa";

    private const string No = "This is no notification";

    private ApiHarness _api = null!;

    public async Task InitializeAsync() =>
        _api = await ApiHarness.StartAsync(options => options.Keys = TestKeys.Of("secret"));

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("payment.succeeded", """{"id":"payment-of-order-1","status":"succeeded","paid":true}""")]
    [InlineData("payment.canceled", """{"id":"payment-of-order-1"}""")]
    [InlineData("refund.succeeded", """{"id":"refund-1","payment_id":"payment-of-order-1"}""")]
    public async Task Webhook_KnownPayment_Is200AndOneHintWhateverItClaims(string @event, string @object)
    {
        _api.Cluster.Add("order-1");

        var answer = await _api.PostAsync(
            Path, $$"""{"type":"notification","event":"{{@event}}","object":{{@object}}}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal("", answer.Text);
        Assert.Equal(1, _api.Cluster.Order("order-1").Hints);
        Assert.Equal(OrderStatus.Pending, _api.Cluster.Order("order-1").State!.Status);
    }

    [Theory]
    [InlineData("payment-of-order-2")]
    [InlineData("not a payment id")]
    public async Task Webhook_UnknownPayment_Is404(string payment)
    {
        _api.Cluster.Add("order-1");

        var answer = await _api.PostAsync(
            Path, $$$"""{"type":"notification","event":"payment.succeeded","object":{"id":"{{{payment}}}"}}""");

        Assert.Equal(404, answer.Status);
        Assert.Equal("payment-not-found", answer.ProblemType);
        Assert.Equal(0, _api.Cluster.Order("order-1").Hints);
    }

    [Theory]
    [InlineData("", "The body is empty.")]
    [InlineData("[]", "The body must be a JSON object.")]
    [InlineData("{}", $"{No}: type is required; event is required; object is required.")]
    [InlineData(
        """{"type":"x","event":"e","object":[]}""",
        $"{No}: type must be notification; object must be an object.")]
    [InlineData(
        """{"type":"notification","event":"refund.succeeded","object":{"id":"r"}}""",
        $"{No}: object.payment_id is required.")]
    [InlineData(
        """{"type":"notification","event":"payment.succeeded","object":{"id":7}}""",
        $"{No}: object.id must be a string of valid Unicode.")]
    public async Task Webhook_NoNotification_Is400SayingWhy(string body, string detail)
    {
        var answer = await _api.PostAsync(Path, body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(detail, answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Webhook_AnyContentType_IsRead()
    {
        _api.Cluster.Add("order-1");

        var answer = await _api.PostAsync(
            Path,
            """{"type":"notification","event":"payment.succeeded","object":{"id":"payment-of-order-1"}}""",
            "text/plain");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Webhook_TooLarge_Is413()
    {
        var answer = await _api.PostAsync(Path, new string(' ', 65537));

        Assert.Equal(413, answer.Status);
    }
}
