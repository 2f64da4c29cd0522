using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Api.Endpoints;

/// <summary>
/// Tells consoles how the service is doing, as server-sent events: the figures now and every two seconds, and each new
/// point of the last hour.
/// </summary>
internal sealed class StatsEventsEndpoint(StatsReader reader, EventStreams streams, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Silos tell of the same moment within seconds of each other, so a point that was sent may still grow.
    /// </summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private Task<View>? _latest;
    private long _askedAt;

    public Task HandleAsync(HttpContext context) => streams.RunAsync(context, stop => StreamAsync(context, stop));

    private async Task StreamAsync(HttpContext context, CancellationToken stop)
    {
        // Asked for first: where the cluster is out of reach the answer is 503, and no stream that tells nothing.
        var view = await LookAsync(stop);
        var stream = await EventStream.StartAsync(context.Response, stop);
        var sent = new Dictionary<DateTimeOffset, StatsPointResponse>();
        while (true)
        {
            await stream.WriteStatsAsync(view.Stats, stop);
            foreach (var point in view.Recent.Points)
            {
                if (sent.TryGetValue(point.At, out var before) && IsSame(before, point)) continue;

                sent[point.At] = point;
                await stream.WritePointAsync(point, stop);
            }

            foreach (var old in sent.Keys.Where(at => at < time.GetUtcNow() - (2 * Settling)).ToList())
                sent.Remove(old);

            await Task.Delay(Period, time, stop);
            view = await LookAsync(stop);
        }
    }

    /// <summary>However many consoles look, the cluster is asked once in a period.</summary>
    private Task<View> LookAsync(CancellationToken stop)
    {
        Task<View> latest;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_latest is null or { IsFaulted: true } or { IsCanceled: true }
                || time.GetElapsedTime(_askedAt, now) >= Period / 2)
            {
                _askedAt = now;
                _latest = AskAsync();
            }

            latest = _latest;
        }

        return latest.WaitAsync(stop);
    }

    private async Task<View> AskAsync()
    {
        var stats = reader.ReadAsync(CancellationToken.None);
        var recent = reader.ReadHistoryAsync(time.GetUtcNow() - Settling, CancellationToken.None);
        await Task.WhenAll(stats, recent);
        return new View(await stats, await recent);
    }

    private static bool IsSame(StatsPointResponse left, StatsPointResponse right) =>
        left with { OrdersByTrack = right.OrdersByTrack } == right
        && left.OrdersByTrack.Count == right.OrdersByTrack.Count
        && left.OrdersByTrack.All(pair => right.OrdersByTrack.GetValueOrDefault(pair.Key) == pair.Value);

    private sealed record View(StatsResponse Stats, StatsHistoryResponse Recent);
}
