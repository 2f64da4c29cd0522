using System.Net.Http.Headers;
using System.Text;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Silo.Client;

/// <summary>Talks to a running service over HTTP.</summary>
internal sealed class ServiceConnection : IDisposable
{
    // A page of 500 orders with long histories has some megabytes.
    private const int BodyBytesMax = 64 * 1024 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;

    /// <summary>Makes a connection; nothing is sent yet.</summary>
    /// <param name="url">Where the service is.</param>
    /// <param name="key">The API key to send; null for none.</param>
    /// <param name="timeout">How long an answer may take, with connecting.</param>
    /// <param name="connectionsMax">How many requests may be under way at once.</param>
    public ServiceConnection(Uri url, string? key, TimeSpan timeout, int connectionsMax = 2)
    {
        Url = new Uri(url.ToString().TrimEnd('/') + "/");
        _timeout = timeout;
        var handler = new SocketsHttpHandler
        {
            // The key is for this service alone: not for where an answer points, nor for a proxy on the way to
            // ourselves.
            AllowAutoRedirect = false,
            UseProxy = !url.IsLoopback,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            MaxConnectionsPerServer = connectionsMax,
        };
        _http = new HttpClient(handler)
        {
            BaseAddress = Url,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = BodyBytesMax,
        };
        if (key is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Where the service is; ends with a slash.</summary>
    public Uri Url { get; }

    /// <summary>From now on every request has this header.</summary>
    public void SendAlong(string header, string value) => _http.DefaultRequestHeaders.Add(header, value);

    public Task<ServiceAnswer> GetAsync(string path, CancellationToken stop) =>
        SendAsync(HttpMethod.Get, path, json: null, stop);

    public Task<ServiceAnswer> PostAsync(string path, string? json, CancellationToken stop) =>
        SendAsync(HttpMethod.Post, path, json, stop);

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request and reads the whole answer, whatever its status.</summary>
    /// <exception cref="CommandFailure">The service cannot be reached, or does not answer in time.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    private async Task<ServiceAnswer> SendAsync(
        HttpMethod method, string path, string? json, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(_timeout);
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            var body = await response.Content.ReadAsStringAsync(patience.Token);
            return new ServiceAnswer((int)response.StatusCode, body, RetryAfterOf(response));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new CommandFailure(
                ExitCodes.Unreachable, $"{Url} did not answer within {_timeout.TotalSeconds:0.###} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new CommandFailure(ExitCodes.Unreachable, $"{Url} cannot be reached: {ReasonOf(e)}");
        }
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
        _ => null,
    };

    private static string ReasonOf(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
            ? "nobody listens there. Is the service running, and is --url right?"
            : exception.GetBaseException().Message.ReplaceLineEndings(" ");
}
