using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using CoffeePayment.Grains.Orders;
using CoffeePayment.Hosting.Logs;
using CoffeePayment.Ports;
using CoffeePayment.Statistics;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// YooKassa behind the port: <c>GET /v3/payments/{id}</c> with the credentials of the merchant whose order it is. Each
/// merchant has a limit of requests under way, a circuit breaker and a pause of its own, so that one cannot hold up
/// another.
/// </summary>
public sealed partial class YookassaPaymentProvider : IPaymentProvider, IProviderHealth, IDisposable
{
    /// <summary>The key of the <see cref="HttpMessageHandler"/> that requests go through.</summary>
    public const string HandlerKey = "yookassa";

    /// <summary>Ids come from registrations: whoever makes them up must not fill the memory.</summary>
    private const int UnknownMerchantsMax = 1000;

    private static readonly Task<ProviderAnswer> Unauthorized =
        Task.FromResult<ProviderAnswer>(new ProviderAnswer.NoAnswer(NoAnswerCause.Unauthorized));

    private readonly ConcurrentDictionary<string, bool> _unknownMerchants = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, MerchantClient> _merchants;
    private readonly HttpMessageInvoker _invoker;
    private readonly ILogger _logger;

    /// <summary>Prepares every account; connects to nothing yet.</summary>
    /// <param name="options">Accounts, address and limits, read once.</param>
    /// <param name="handler">What sends the requests; stays with whoever made it.</param>
    /// <param name="timeProvider">Drives timeouts, breaks and figures.</param>
    /// <param name="meterFactory">Makes the meter <c>CoffeePayment.Yookassa</c>.</param>
    /// <param name="loggers">Make the log of checks, to which what is asked belongs too.</param>
    public YookassaPaymentProvider(
        IOptions<YookassaOptions> options,
        [FromKeyedServices(HandlerKey)] HttpMessageHandler handler,
        TimeProvider timeProvider,
        IMeterFactory meterFactory,
        ILoggerFactory loggers)
    {
        _logger = loggers.CreateLogger(OrderServices.LogCategory);
        _invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        var instruments = new YookassaInstruments(meterFactory, UsedMerchants);
        var unauthorized = new RarelyLogged(timeProvider);
        _merchants = options.Value.Merchants.ToFrozenDictionary(
            merchant => merchant.Key,
            merchant => new MerchantClient(
                merchant.Key,
                merchant.Value,
                options.Value,
                _invoker,
                timeProvider,
                instruments,
                unauthorized,
                _logger),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
    {
        if (_merchants.TryGetValue(inquiry.MerchantId, out var merchant))
            return merchant.AskAsync(inquiry, cancellationToken);

        if (_unknownMerchants.Count < UnknownMerchantsMax && _unknownMerchants.TryAdd(inquiry.MerchantId, true))
            LogUnknownMerchant(inquiry.MerchantId, inquiry.OrderId);
        return Unauthorized;
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProviderHealth> Snapshot() => [.. UsedMerchants().Select(HealthOf)];

    public void Dispose()
    {
        foreach (var merchant in _merchants.Values) merchant.Dispose();
        _invoker.Dispose();
    }

    private static ProviderHealth HealthOf((string Id, MerchantClient Client) merchant)
    {
        var (requests, errorRate, latency) = merchant.Client.Figures.LastMinute();
        return new ProviderHealth
        {
            MerchantId = merchant.Id,
            Circuit = merchant.Client.Circuit,
            Requests = requests,
            ErrorRate = errorRate,
            LatencyP50Ms = latency.P50.TotalMilliseconds,
            LatencyP99Ms = latency.P99.TotalMilliseconds,
        };
    }

    private IEnumerable<(string Id, MerchantClient Client)> UsedMerchants() => _merchants
        .Where(merchant => merchant.Value.Figures.IsUsed)
        .OrderBy(merchant => merchant.Key, StringComparer.Ordinal)
        .Select(merchant => (merchant.Key, merchant.Value));
}
