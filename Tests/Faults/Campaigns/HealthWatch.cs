using System.Collections.Concurrent;
using System.Net;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>Asks for the service's health four times a second, as whoever routes to it does.</summary>
internal sealed class HealthWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private readonly HttpClient _http;
    private readonly ConcurrentQueue<(long At, bool IsReady, string Body)> _answers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private int _deaths;

    public HealthWatch(Uri url)
    {
        _http = new HttpClient { BaseAddress = url, Timeout = Patience };
        _watching = WatchAsync();
    }

    /// <summary>How often it said that it does not live.</summary>
    public int Deaths => Volatile.Read(ref _deaths);

    /// <summary>When it said that it is not ready, and what else, since the timestamp.</summary>
    public IReadOnlyList<string> NotReadySince(long timestamp) =>
        [.. _answers.Where(answer => answer.At >= timestamp && !answer.IsReady).Select(answer => answer.Body)];

    /// <summary>Whether what it said last is that it is ready.</summary>
    public bool IsReady => _answers.LastOrDefault().IsReady;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (await AskAsync("health/live") is { Status: not HttpStatusCode.OK })
                    Interlocked.Increment(ref _deaths);

                if (await AskAsync("health/ready") is { } ready)
                {
                    var isReady = ready.Status == HttpStatusCode.OK;
                    _answers.Enqueue((TimeProvider.System.GetTimestamp(), isReady, ready.Body));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The campaign is over.
        }
    }

    private async Task<(HttpStatusCode Status, string Body)?> AskAsync(string path)
    {
        try
        {
            using var response = await _http.GetAsync(path, _stop.Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(_stop.Token));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
