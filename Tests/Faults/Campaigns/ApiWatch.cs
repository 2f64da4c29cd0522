using System.Collections.Concurrent;
using System.Text.Json;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>Calls the service as customers do; notes what it must not answer, and how long it is silent.</summary>
internal sealed class ApiWatch(Uri url) : IDisposable
{
    /// <summary>
    /// The service itself gives up after 25 s, and may be stopped for a while before; the rest is for a machine that
    /// has too much to do.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan ListPeriod = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new() { BaseAddress = url, Timeout = Patience };
    private readonly ConcurrentQueue<string> _wrongAnswers = new();
    private readonly Lock _gate = new();
    private long _answeredAt = TimeProvider.System.GetTimestamp();
    private TimeSpan _longestSilence;
    private int _unavailable;

    /// <summary>What was answered.</summary>
    public readonly record struct Answer(int Status, string Body)
    {
        public bool IsSuccess => Status is >= 200 and < 300;

        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);
    }

    /// <summary>
    /// Answers that no fault excuses: 5xx but 503, 503 that does not say when to come again, and 400 or 422 since there
    /// is nothing wrong with what is asked.
    /// </summary>
    public IReadOnlyCollection<string> WrongAnswers => [.. _wrongAnswers];

    /// <summary>How many calls were answered with 503.</summary>
    public int Unavailable => Volatile.Read(ref _unavailable);

    /// <summary>The longest time in which no call was answered with 2xx, the last one until now included.</summary>
    public TimeSpan LongestSilence
    {
        get
        {
            lock (_gate)
            {
                var last = TimeProvider.System.GetElapsedTime(_answeredAt);
                return last > _longestSilence ? last : _longestSilence;
            }
        }
    }

    /// <summary>Lists orders four times a second, so that silence is never for want of a call.</summary>
    public async Task ListAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ListPeriod);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await GetAsync("v1/orders?status=pending&limit=5", stop);
        }
        catch (OperationCanceledException)
        {
            // The campaign is over.
        }
    }

    public Task<Answer?> GetAsync(string path, CancellationToken stop = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), stop);

    public Task<Answer?> PostAsync(string path, object body, CancellationToken stop = default) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, stop);

    public void Dispose() => _http.Dispose();

    /// <summary>Null if there was no answer: nobody listens, or the connection broke, or it took too long.</summary>
    private async Task<Answer?> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using var call = request;
        try
        {
            using var response = await _http.SendAsync(call, stop);
            var body = await response.Content.ReadAsStringAsync(stop);
            var answer = new Answer((int)response.StatusCode, body);
            Note(call, answer, response.Headers.RetryAfter is not null);
            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            _wrongAnswers.Enqueue($"{call.Method} {call.RequestUri}: no answer within {Patience.TotalSeconds} s");
            return null;
        }
    }

    private void Note(HttpRequestMessage call, Answer answer, bool saysWhen)
    {
        if (answer.IsSuccess)
        {
            lock (_gate)
            {
                var silence = TimeProvider.System.GetElapsedTime(_answeredAt);
                if (silence > _longestSilence) _longestSilence = silence;
                _answeredAt = TimeProvider.System.GetTimestamp();
            }
        }

        if (answer.Status == StatusCodes.Status503ServiceUnavailable) Interlocked.Increment(ref _unavailable);
        if (IsWrong(answer.Status, saysWhen))
            _wrongAnswers.Enqueue($"{call.Method} {call.RequestUri}: {answer.Status} {answer.Body}");
    }

    private static bool IsWrong(int status, bool saysWhen) => status switch
    {
        StatusCodes.Status503ServiceUnavailable => !saysWhen,
        StatusCodes.Status400BadRequest or StatusCodes.Status422UnprocessableEntity => true,
        _ => status >= 500,
    };
}
