using System.Net;
using System.Text;
using CoffeePayment.Hosting.Logs;
using CoffeePayment.Ports;
using CoffeePayment.Statistics;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>Asks YooKassa on behalf of one merchant, and leaves it alone while it is down or asks for it.</summary>
/// <remarks>
/// Everything here runs for every check, so layers are few and nothing comes back to the grain's turn before the answer
/// does.
/// </remarks>
internal sealed partial class MerchantClient : IDisposable
{
    /// <summary>
    /// Enough for some of what is under way to be answered. Orders come back spread over a whole interval: each one put
    /// off is written, so that all of them at once would be more work than the checks they wait for.
    /// </summary>
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
    private readonly RequestSlots _slots;
    private readonly RequestDeadlines _deadlines;
    private readonly RarelyLogged _unauthorized;
    private bool _isDown;

    public MerchantClient(
        string merchantId,
        YookassaMerchant merchant,
        YookassaOptions options,
        HttpMessageInvoker invoker,
        TimeProvider timeProvider,
        YookassaInstruments instruments,
        RarelyLogged unauthorized,
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
        _slots = new RequestSlots(options.InFlightMax, timeProvider);
        _deadlines = new RequestDeadlines(timeProvider, options.Timeout);
        _unauthorized = unauthorized;
        Figures = new MerchantFigures(timeProvider);
    }

    public MerchantFigures Figures { get; }

    public CircuitState Circuit => _breaker.State;

    public int InFlight => _slots.Taken;

    public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var slot = await _slots.TakeAsync(cancellationToken).ConfigureAwait(false);
        if (slot is null) return NotAsked(inquiry, BusyRest);
        if (_pause.Rest() is { } pause) return NotAsked(inquiry, pause);
        if (!_breaker.TryEnter(out var isTrial, out var rest)) return NotAsked(inquiry, rest);

        var startedAt = _timeProvider.GetTimestamp();
        var deadline = _deadlines.Begin(cancellationToken);
        ProviderAnswer? answer = null;
        try
        {
            answer = await RequestAsync(inquiry, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            answer = new ProviderAnswer.NoAnswer(NoAnswerCause.Timeout);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNetworkFailure(exception, _merchantId, inquiry.OrderId);
            answer = new ProviderAnswer.NoAnswer(NoAnswerCause.Network);
        }
        finally
        {
            _deadlines.End(deadline);
            if (answer is not null) Note(inquiry, answer, _timeProvider.GetElapsedTime(startedAt));
            _breaker.Leave(isTrial, inquiry.OrderId, answer);
        }

        return answer;
    }

    public void Dispose()
    {
        _slots.Dispose();
        _deadlines.Dispose();
    }

    private ProviderAnswer.NotAsked NotAsked(PaymentInquiry inquiry, TimeSpan rest)
    {
        Figures.RecordNotAsked();
        return new ProviderAnswer.NotAsked(rest + OrderSpread.Of(inquiry.OrderId, _options.ReturnSpread));
    }

    private async ValueTask<ProviderAnswer> RequestAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(inquiry.PaymentReferenceId));
        request.Version = HttpVersion.Version11;
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        request.Headers.TryAddWithoutValidation("User-Agent", "CoffeePayment");
        LogAsking(inquiry.OrderId, request.RequestUri!);

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
        if (answer is ProviderAnswer.NoAnswer noAnswer) NoteNoAnswer(inquiry, noAnswer);
    }

    private void NoteNoAnswer(PaymentInquiry inquiry, ProviderAnswer.NoAnswer noAnswer)
    {
        LogNoAnswer(_merchantId, inquiry.OrderId, noAnswer.Cause);
        if (noAnswer.Cause == NoAnswerCause.Unauthorized && _unauthorized.IsDue(_merchantId))
            LogUnauthorized(_merchantId);

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
}
