using System.Net;
using System.Net.Http.Headers;

namespace CoffeePayment.Tests.Api;

/// <summary>Whose word is taken for where a request comes from; over real sockets, from 127.0.0.1.</summary>
public sealed class ProxyTests
{
    private const string Sender = "185.71.76.5";

    // 400: let in, since an empty object is no notification.
    [Theory]
    [InlineData("127.0.0.1/32", Sender, 400)]
    [InlineData("127.0.0.0/8", Sender, 400)]
    [InlineData("127.0.0.1/32", "198.51.100.7", 403)]
    [InlineData("127.0.0.1/32", $"{Sender}, 198.51.100.7", 403)]
    [InlineData("127.0.0.1/32", $"198.51.100.7, {Sender}", 400)]
    [InlineData("127.0.0.1/32,10.0.0.0/8", $"198.51.100.7, {Sender}, 10.1.2.3", 400)]
    [InlineData("127.0.0.1/32,10.0.0.0/8", $"{Sender}, 198.51.100.7, 10.1.2.3", 403)]
    [InlineData("127.0.0.1/32", $"{Sender}, nonsense", 403)]
    [InlineData("127.0.0.1/32", null, 403)]
    [InlineData("10.0.0.0/8", Sender, 403)]
    [InlineData("", Sender, 403)]
    public async Task Webhook_ForwardedFor_CountsOnlyFromTrustedProxies(
        string proxies, string? forwardedFor, int status)
    {
        await using var api = await ApiHarness.StartAsync(options =>
        {
            options.TrustedProxies = Networks(proxies);
            options.WebhookNetworks = Networks("185.71.76.0/27");
        });

        var answer = await api.SendAsync(Webhook(forwardedFor));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 403 ? "sender-unknown" : "malformed", answer.ProblemType);
    }

    [Theory]
    [InlineData("127.0.0.0/8", 400)]
    [InlineData("::ffff:127.0.0.1/128", 403)]
    [InlineData("192.0.2.0/24", 403)]
    [InlineData("", 400)]
    public async Task Webhook_FromANetwork_IsTakenWhereItIsAllowed(string networks, int status)
    {
        await using var api = await ApiHarness.StartAsync(options => options.WebhookNetworks = Networks(networks));

        var answer = await api.SendAsync(Webhook(forwardedFor: null));

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("127.0.0.1/32", "__Host-coffee_session=")]
    [InlineData("10.0.0.0/8", "coffee_session=")]
    public async Task Scheme_Forwarded_CountsOnlyFromTrustedProxies(string proxies, string cookie)
    {
        await using var api = await ApiHarness.StartAsync(options =>
        {
            options.Keys = TestKeys.Of("first");
            options.TrustedProxies = Networks(proxies);
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/session");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Content = new StringContent("""{"key":"first"}""", new MediaTypeHeaderValue("application/json"));

        var answer = await api.SendAsync(request);

        Assert.StartsWith(cookie, answer.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    private static HttpRequestMessage Webhook(string? forwardedFor)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/webhooks/yookassa")
        {
            Content = new StringContent("{}"),
        };
        if (forwardedFor is not null) request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);
        return request;
    }

    private static IReadOnlyList<IPNetwork> Networks(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse)];
}
