using System.Diagnostics.Metrics;
using System.Net;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Tmetr;

/// <summary>
/// The coffee machines behind the TMetr telemetry service. A call sends at most one command, whatever happens: nothing
/// retries, and <see cref="CommandContent"/> cannot be sent twice.
/// </summary>
public sealed partial class TmetrCoffeeMachine : ICoffeeMachine, IDisposable
{
    /// <summary>The key of the <see cref="HttpMessageHandler"/> that commands go through.</summary>
    public const string HandlerKey = "tmetr";

    private readonly Uri _commandUrl;
    private readonly string _authorization;
    private readonly TimeSpan _timeout;
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _timeProvider;
    private readonly Histogram<double> _duration;
    private readonly ILogger<TmetrCoffeeMachine> _logger;

    /// <summary>Reads the options; connects to nothing yet.</summary>
    /// <param name="options">Address and token, read once.</param>
    /// <param name="handler">What sends the commands; stays with whoever made it.</param>
    /// <param name="timeProvider">Drives the timeout.</param>
    /// <param name="meterFactory">Makes the meter <c>CoffeePayment.Tmetr</c>.</param>
    /// <param name="logger">Where commands and their outcomes go.</param>
    /// <exception cref="ArgumentException">There is no address.</exception>
    public TmetrCoffeeMachine(
        IOptions<TmetrOptions> options,
        [FromKeyedServices(HandlerKey)] HttpMessageHandler handler,
        TimeProvider timeProvider,
        IMeterFactory meterFactory,
        ILogger<TmetrCoffeeMachine> logger)
    {
        var url = options.Value.Url ?? throw new ArgumentException("TMETR_HOST is not set.", nameof(options));
        _commandUrl = new Uri(url.AbsoluteUri.TrimEnd('/') + "/api/commander/v1/command/make");
        _authorization = "Bearer " + options.Value.Token;
        _timeout = options.Value.Timeout;
        _invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        _timeProvider = timeProvider;
        _duration = meterFactory.Create("CoffeePayment.Tmetr").CreateHistogram<double>(
            "coffee.make.duration", "s", "From sending a make command to its answer, or giving it up.");
        _logger = logger;
    }

    /// <inheritdoc/>
    public async Task<MakeAnswer> MakeAsync(MakeCommand command)
    {
        var startedAt = _timeProvider.GetTimestamp();
        var answer = await SendAsync(command).ConfigureAwait(false);
        var elapsed = _timeProvider.GetElapsedTime(startedAt);
        var elapsedMs = elapsed.TotalMilliseconds;
        _duration.Record(elapsed.TotalSeconds);
        switch (answer)
        {
            case MakeAnswer.Refused refused:
                LogRefused(command.CommandId, command.DeviceUuid, refused.Reason, elapsedMs);
                break;

            case MakeAnswer.Unknown unknown:
                LogUnknown(command.CommandId, command.DeviceUuid, unknown.Reason, elapsedMs);
                break;

            default:
                LogAccepted(command.CommandId, command.DeviceUuid, elapsedMs);
                break;
        }

        return answer;
    }

    public void Dispose() => _invoker.Dispose();

    /// <summary>
    /// What a status says about the drink. 408 means that the service gave up waiting for the rest of the command,
    /// which it may nevertheless have had; 429 means that it did not look at it. Redirects are not followed: whoever
    /// sends one has not said what became of the command.
    /// </summary>
    private static MakeAnswer AnswerOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => new MakeAnswer.Accepted(),
        408 => new MakeAnswer.Unknown("http_408"),
        >= 400 and < 500 => new MakeAnswer.Refused($"http_{(int)status}"),
        _ => new MakeAnswer.Unknown($"http_{(int)status}"),
    };

    private static string ReasonOf(Exception exception) => exception switch
    {
        OperationCanceledException => "timeout",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "name_resolution",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "secure_connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "connection_refused",
        _ => "network",
    };

    private async Task<MakeAnswer> SendAsync(MakeCommand command)
    {
        using var timeout = new CancellationTokenSource(_timeout, _timeProvider);
        using var content = new CommandContent(command);
        using var request = new HttpRequestMessage(HttpMethod.Post, _commandUrl) { Content = content };
        request.Version = HttpVersion.Version11;
        request.Headers.TryAddWithoutValidation("Authorization", _authorization);
        request.Headers.TryAddWithoutValidation("TimeZoneOffset", "3");
        try
        {
            using var response = await _invoker.SendAsync(request, timeout.Token).ConfigureAwait(false);
            return AnswerOf(response.StatusCode);
        }
        catch (Exception exception)
        {
            LogFailure(exception, command.CommandId);
            var reason = ReasonOf(exception);
            return content.TryGiveUp() ? new MakeAnswer.Refused(reason) : new MakeAnswer.Unknown(reason);
        }
    }
}
