using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Yookassa;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Yookassa;

/// <summary>The YooKassa client in virtual time, with a provider that answers as a test says.</summary>
internal sealed class YookassaHarness : IDisposable
{
    public const string SecretKey = "live_do-not-tell-anyone";

    private readonly ServiceProvider _services;
    private readonly ScriptedHandler _handler;

    public YookassaHarness(Action<YookassaOptions>? configure = null)
    {
        AnswerPending();
        _handler = new ScriptedHandler(this);
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs))
            .AddSingleton<TimeProvider>(Clock)
            .AddKeyedSingleton<HttpMessageHandler>(YookassaPaymentProvider.HandlerKey, _handler)
            .AddYookassa()
            .Configure<YookassaOptions>(options =>
            {
                options.Merchants["default"] = new YookassaMerchant { AccountId = "100500", SecretKey = SecretKey };
                options.ReturnSpread = TimeSpan.Zero;
                configure?.Invoke(options);
            })
            .BuildServiceProvider();
        Client = _services.GetRequiredService<YookassaPaymentProvider>();
    }

    public VirtualTimeProvider Clock { get; } = new();

    public LogRecorder Logs { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public YookassaPaymentProvider Client { get; }

    /// <summary>How many requests reached the provider.</summary>
    public int Requests { get; private set; }

    /// <summary>
    /// What the provider does; the argument is the payment asked for. By default every payment is pending.
    /// </summary>
    public Func<string, CancellationToken, Task<HttpResponseMessage>> Provider { get; set; }

    public static HttpResponseMessage Json(HttpStatusCode status, string body) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>From now on the provider answers everyone with that status.</summary>
    public void Answer(HttpStatusCode status, string body = """{"type":"error"}""") =>
        Provider = (_, _) => Task.FromResult(Json(status, body));

    /// <summary>From now on every payment is pending.</summary>
    [MemberNotNull(nameof(Provider))]
    public void AnswerPending() => AnswerPendingAfter(Task.CompletedTask);

    /// <summary>From now on every payment is pending, which is said when that has happened.</summary>
    [MemberNotNull(nameof(Provider))]
    public void AnswerPendingAfter(Task happened)
    {
        Provider = async (id, _) =>
        {
            await happened;
            return Json(HttpStatusCode.OK, $$"""{"id":"{{id}}","status":"pending"}""");
        };
    }

    /// <summary>From now on the provider takes requests and says nothing.</summary>
    public void Hang() => Provider = async (_, cancellationToken) =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("Never comes here.");
    };

    /// <summary>Asks for an order whose payment is named after it.</summary>
    public Task<ProviderAnswer> AskAsync(
        string orderId, string merchantId = "default", CancellationToken cancellationToken = default) =>
        Client.AskAsync(new PaymentInquiry(orderId, merchantId, "payment-" + orderId), cancellationToken);

    /// <summary>Asks for that many different orders, one after the other.</summary>
    public async Task<List<ProviderAnswer>> AskForOrdersAsync(
        int count, string prefix = "order", string merchantId = "default")
    {
        var answers = new List<ProviderAnswer>();
        for (var number = 0; number < count; number++)
            answers.Add(await AskAsync($"{prefix}-{number}", merchantId));
        return answers;
    }

    public void Dispose()
    {
        _services.Dispose();
        _handler.Dispose();
    }

    private sealed class ScriptedHandler(YookassaHarness harness) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            harness.Requests++;
            return harness.Provider(request.RequestUri!.Segments[^1], cancellationToken);
        }
    }
}
