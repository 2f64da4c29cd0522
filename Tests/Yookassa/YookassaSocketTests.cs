using System.Text;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Yookassa;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Yookassa;

/// <summary>The client as it is registered, against a real server on loopback.</summary>
public sealed class YookassaSocketTests : IAsyncLifetime, IDisposable
{
    private const string Pending = """{"id":"payment-1","status":"pending"}""";

    private readonly LogRecorder _logs = new();
    private ServiceProvider? _services;
    private LoopbackServer? _server;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    public void Dispose() => _logs.Dispose();

    [Fact]
    public async Task Ask_Succeeded_SendsCredentialsAndReadsTheAmount()
    {
        var client = ClientOf(LoopbackServer.AnsweringJson(
            200, """{"id":"payment-1","status":"succeeded","amount":{"value":"150.00","currency":"RUB"}}"""));

        var answer = await AskAsync(client);

        var request = Assert.Single(_server!.Requests);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"100500:{YookassaHarness.SecretKey}"));
        Assert.Equal(new ProviderAnswer.Succeeded(new Money(15000, "RUB")), answer);
        Assert.Equal("GET /v3/payments/payment-1 HTTP/1.1", request.Line);
        Assert.Equal("Basic " + credentials, request.Headers["Authorization"]);
        Assert.Equal(
            ["Authorization", "Host", "User-Agent"], request.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("..", "GET /v3/payments/.. HTTP/1.1")]
    [InlineData("a/b?c#d", "GET /v3/payments/a%2Fb%3Fc%23d HTTP/1.1")]
    public async Task Ask_OddPaymentId_StaysOneSegmentOfThePath(string paymentId, string expected)
    {
        var client = ClientOf(LoopbackServer.AnsweringJson(404, "{}"));

        var answer = await AskAsync(client, paymentId);

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.NotFound), answer);
        Assert.Equal(expected, Assert.Single(_server!.Requests).Line);
    }

    [Fact]
    public async Task Ask_OneAfterTheOther_UsesOneConnection()
    {
        var client = ClientOf(LoopbackServer.AnsweringJson(200, Pending));

        for (var number = 0; number < 20; number++)
            Assert.Equal(new ProviderAnswer.Pending(), await AskAsync(client));

        Assert.Equal(20, _server!.Requests.Count);
        Assert.Equal(1, _server.Connections);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"payment-1\",")]
    public async Task Ask_ProviderHangs_IsATimeout(string part)
    {
        var clock = new VirtualTimeProvider();
        var client = ClientOf(LoopbackServer.HangingAfter(part), clock);

        var asked = AskAsync(client);
        await _server!.Hanging;
        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Timeout), await asked);
        Assert.Single(_server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"payment-1\",")]
    [InlineData("This is no HTTP\r\n\r\n")]
    public async Task Ask_ConnectionBreaks_IsNetworkAndNotAskedAgain(string part)
    {
        var client = ClientOf(LoopbackServer.ClosingAfter(part));

        var answer = await AskAsync(client);

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Network), answer);
        Assert.Single(_server!.Requests);
    }

    [Fact]
    public async Task Ask_NobodyListens_IsNetwork()
    {
        var client = ClientAt(LoopbackServer.Nobody(), TimeProvider.System);

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Network), await AskAsync(client));
    }

    [Theory]
    [InlineData(200_000, true)]
    [InlineData(262_144, true)]
    [InlineData(262_145, false)]
    [InlineData(1_000_000, false)]
    public async Task Ask_LongBody_IsReadUpTo256KiB(int length, bool isRead)
    {
        var client = ClientOf(LoopbackServer.AnsweringJson(200, Pending.PadRight(length)));

        var answer = await AskAsync(client);

        ProviderAnswer expected = isRead
            ? new ProviderAnswer.Pending()
            : new ProviderAnswer.NoAnswer(NoAnswerCause.Unreadable);
        Assert.Equal(expected, answer);
    }

    [Fact]
    public async Task Ask_ChunkedBody_IsRead()
    {
        var client = ClientOf(LoopbackServer.Answering(
            $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{Pending[..8]}\r\n" +
            $"{Pending.Length - 8:x}\r\n{Pending[8..]}\r\n0\r\n\r\n"));

        Assert.Equal(new ProviderAnswer.Pending(), await AskAsync(client));
    }

    [Fact]
    public async Task Ask_Redirect_IsNotFollowed()
    {
        var client = ClientOf(LoopbackServer.Answering(
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"));

        var answer = await AskAsync(client);

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Unreadable), answer);
        Assert.Single(_server!.Requests);
    }

    [Fact]
    public async Task Ask_RetryAfterHeader_IsHandedOn()
    {
        var client = ClientOf(LoopbackServer.Answering(
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"));

        var answer = await AskAsync(client);

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.RateLimited, TimeSpan.FromSeconds(7)), answer);
    }

    [Fact]
    public async Task Logs_AfterFailures_HaveNoSecret()
    {
        var client = ClientOf(LoopbackServer.ClosingAfter(""));

        for (var number = 0; number < 6; number++)
            await AskAsync(client, orderId: $"order-{number}");

        Assert.Contains(_logs.Entries, entry => entry.EventId == 2002);
        Assert.DoesNotContain(_logs.Entries, entry => entry.Text.Contains("Basic", StringComparison.Ordinal));
        Assert.DoesNotContain(
            _logs.Entries, entry => entry.Text.Contains(YookassaHarness.SecretKey, StringComparison.Ordinal));
    }

    private static Task<ProviderAnswer> AskAsync(
        IPaymentProvider client, string paymentId = "payment-1", string orderId = "order-1") =>
        client.AskAsync(new PaymentInquiry(orderId, "default", paymentId), CancellationToken.None);

    private IPaymentProvider ClientOf(LoopbackServer server, TimeProvider? timeProvider = null)
    {
        _server = server;
        return ClientAt(server.Url, timeProvider ?? TimeProvider.System);
    }

    private IPaymentProvider ClientAt(Uri url, TimeProvider timeProvider)
    {
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_logs))
            .AddSingleton(timeProvider)
            .AddYookassa()
            .Configure<YookassaOptions>(options =>
            {
                options.ApiUrl = new Uri(url, "/v3/");
                options.Timeout = timeProvider == TimeProvider.System ? TimeSpan.FromSeconds(20) : options.Timeout;
                options.Merchants["default"] = new YookassaMerchant
                {
                    AccountId = "100500",
                    SecretKey = YookassaHarness.SecretKey,
                };
            })
            .BuildServiceProvider();
        return _services.GetRequiredService<IPaymentProvider>();
    }
}
