using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using CoffeePayment.Ports;
using Polly;
using Polly.CircuitBreaker;
using HealthState = CoffeePayment.Statistics.CircuitState;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>Asks YooKassa on behalf of one merchant, and leaves it alone while it is down or asks for it.</summary>
/// <remarks>
/// Everything here runs for every check, so layers are few and nothing comes back to the grain's turn before the answer
/// does.
/// </remarks>
internal sealed partial class MerchantClient
{
    /// <summary>Enough for some of what is under way to be answered.</summary>
    private static readonly TimeSpan BusyRest = TimeSpan.FromMilliseconds(250);

    private readonly string _merchantId;
    private readonly string _paymentsUrl;
    private readonly string _authorization;
    private readonly YookassaOptions _options;
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _timeProvider;
    private readonly YookassaInstruments _instruments;
    private readonly ILogger _logger;
    private readonly MerchantBreaker _breaker;
    private readonly MerchantPause _pause;
    private readonly LogInterval _unauthorizedLog;
    private readonly LogInterval _unknownStatusLog;
    private int _inFlight;
    private bool _isDown;

    public MerchantClient(
        string merchantId,
        YookassaMerchant merchant,
        YookassaOptions options,
        HttpMessageInvoker invoker,
        TimeProvider timeProvider,
        YookassaInstruments instruments,
        ILogger logger)
    {
        _merchantId = merchantId;
        _paymentsUrl = (merchant.ApiUrl ?? options.ApiUrl).AbsoluteUri.TrimEnd('/') + "/payments/";
        var credentials = Encoding.UTF8.GetBytes($"{merchant.AccountId}:{merchant.SecretKey}");
        _authorization = "Basic " + Convert.ToBase64String(credentials);
        _options = options;
        _invoker = invoker;
        _timeProvider = timeProvider;
        _instruments = instruments;
        _logger = logger;
        _breaker = new MerchantBreaker(options, timeProvider, OnOpened, OnClosed);
        _pause = new MerchantPause(timeProvider);
        _unauthorizedLog = new LogInterval(timeProvider);
        _unknownStatusLog = new LogInterval(timeProvider);
        Figures = new MerchantFigures(timeProvider);
    }

    public MerchantFigures Figures { get; }

    public HealthState Circuit => _breaker.State;

    public int InFlight => Volatile.Read(ref _inFlight);

    public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_pause.Rest() is { } rest) return NotAsked(inquiry, rest, _options.ReturnSpread);

        if (Interlocked.Increment(ref _inFlight) > _options.InFlightMax)
        {
            Interlocked.Decrement(ref _inFlight);
            return NotAsked(inquiry, BusyRest, TimeSpan.FromSeconds(1));
        }

        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        try
        {
            var outcome = await _breaker.Pipeline
                .ExecuteOutcomeAsync(
                    static (context, call) => call.Client.SendAsync(call, context.CancellationToken),
                    context,
                    new Call(this, inquiry, cancellationToken))
                .ConfigureAwait(false);

            return Conclude(inquiry, outcome);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ProviderAnswer Conclude(PaymentInquiry inquiry, Outcome<MerchantBreaker.Reply> outcome)
    {
        if (outcome.Exception is BrokenCircuitException broken)
            return NotAsked(inquiry, RestOf(broken), _options.ReturnSpread);

        // Only the caller's own cancellation is left; everything else that went wrong is an answer already.
        outcome.ThrowIfException();
        return outcome.Result.Answer;
    }

    /// <summary>
    /// While one request tries whether the outage is over, that is known after one timeout at the latest.
    /// </summary>
    private TimeSpan RestOf(BrokenCircuitException broken)
    {
        var rest = broken.RetryAfter ?? _options.BreakDuration;
        if (_breaker.State == HealthState.HalfOpen && rest > _options.Timeout) return _options.Timeout;
        return rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1);
    }

    private ProviderAnswer.NotAsked NotAsked(PaymentInquiry inquiry, TimeSpan rest, TimeSpan spread)
    {
        Figures.RecordNotAsked();
        return new ProviderAnswer.NotAsked(rest + OrderSpread.Of(inquiry.OrderId, spread));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome<MerchantBreaker.Reply>> SendAsync(Call call, CancellationToken cancellationToken)
    {
        var startedAt = _timeProvider.GetTimestamp();
        ProviderAnswer answer;
        try
        {
            answer = await RequestAsync(call.Inquiry, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (call.CancellationToken.IsCancellationRequested)
        {
            return Outcome.FromException<MerchantBreaker.Reply>(exception);
        }
        catch (OperationCanceledException)
        {
            answer = new ProviderAnswer.NoAnswer(NoAnswerCause.Timeout);
        }
        catch (Exception exception)
        {
            LogNetworkFailure(exception, _merchantId, call.Inquiry.OrderId);
            answer = new ProviderAnswer.NoAnswer(NoAnswerCause.Network);
        }

        Note(call.Inquiry, answer, _timeProvider.GetElapsedTime(startedAt));
        return Outcome.FromResult(new MerchantBreaker.Reply(answer, call.Inquiry.OrderId));
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ProviderAnswer> RequestAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(inquiry.PaymentReferenceId));
        request.Version = HttpVersion.Version11;
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", "CoffeePayment");

        using var response = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        using var body = await ResponseBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return PaymentAnswerReader.Read(
            (int)response.StatusCode,
            response.IsSuccessStatusCode ? null : response.Headers.RetryAfter,
            body.Bytes,
            inquiry.PaymentReferenceId,
            _timeProvider.GetUtcNow());
    }

    /// <summary>The id goes as it is into one segment of the path: <c>..</c> must not mean the segment above.</summary>
    private Uri UrlOf(string paymentReferenceId) => new(
        _paymentsUrl + Uri.EscapeDataString(paymentReferenceId),
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private void Note(PaymentInquiry inquiry, ProviderAnswer answer, TimeSpan latency)
    {
        Figures.Record(answer, latency);
        _instruments.Record(_merchantId, latency);
        switch (answer)
        {
            case ProviderAnswer.NoAnswer noAnswer:
                NoteNoAnswer(inquiry, noAnswer);
                break;

            case ProviderAnswer.UnknownStatus unknown when _unknownStatusLog.IsDue():
                LogUnknownStatus(_merchantId, inquiry.OrderId, unknown.Status);
                break;
        }
    }

    private void NoteNoAnswer(PaymentInquiry inquiry, ProviderAnswer.NoAnswer noAnswer)
    {
        LogNoAnswer(_merchantId, inquiry.OrderId, noAnswer.Cause);
        if (noAnswer.Cause == NoAnswerCause.Unauthorized && _unauthorizedLog.IsDue()) LogUnauthorized(_merchantId);

        if (noAnswer is { Cause: NoAnswerCause.RateLimited, RetryAfter: { } pause } && _pause.Begin(pause))
            LogPaused(_merchantId, pause.TotalSeconds);
    }

    private void OnOpened(TimeSpan duration, ProviderAnswer? answer)
    {
        var cause = (answer as ProviderAnswer.NoAnswer)?.Cause;
        if (Interlocked.Exchange(ref _isDown, true))
            LogCircuitStaysOpen(_merchantId, duration.TotalSeconds, cause);
        else
            LogCircuitOpened(_merchantId, duration.TotalSeconds, cause);
    }

    private void OnClosed()
    {
        Volatile.Write(ref _isDown, false);
        LogCircuitClosed(_merchantId);
    }

    private readonly record struct Call(
        MerchantClient Client, PaymentInquiry Inquiry, CancellationToken CancellationToken);
}
