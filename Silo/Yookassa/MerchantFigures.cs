using CoffeePayment.Grains.Statistics;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>How the provider answered one merchant: totals since the start, latencies over the last minute.</summary>
internal sealed class MerchantFigures(TimeProvider timeProvider)
{
    private static readonly string[] Outcomes =
    [
        "pending", "succeeded", "canceled", "waiting_for_capture", "unknown_status",
        .. WireNames.All<NoAnswerCause>(),
        "not_asked",
    ];

    private readonly long[] _totals = new long[Outcomes.Length];
    private readonly LatencyHistogram _answered = new(timeProvider);
    private readonly LatencyHistogram _unanswered = new(timeProvider);

    /// <summary>How many requests came to what, not sent ones included, each outcome an entry.</summary>
    public IEnumerable<(string Outcome, long Total)> Totals() =>
        Outcomes.Select((outcome, index) => (outcome, Volatile.Read(ref _totals[index])));

    /// <summary>Whether this merchant was ever asked for.</summary>
    public bool IsUsed => Totals().Any(outcome => outcome.Total > 0);

    /// <summary>Notes a request that was sent.</summary>
    public void Record(ProviderAnswer answer, TimeSpan latency)
    {
        Interlocked.Increment(ref _totals[IndexOf(answer)]);
        (answer is ProviderAnswer.NoAnswer ? _unanswered : _answered).Record(latency);
    }

    /// <summary>Notes a request that was not sent.</summary>
    public void RecordNotAsked() => Interlocked.Increment(ref _totals[^1]);

    /// <summary>
    /// The last minute: requests sent, the share of them without a usable answer, the latency of the answers.
    /// </summary>
    public (long Requests, double ErrorRate, LatencyFigures Latency) LastMinute()
    {
        var answered = _answered.Snapshot();
        var unanswered = _unanswered.Snapshot().Count;
        var requests = answered.Count + unanswered;

        return (requests, requests == 0 ? 0 : (double)unanswered / requests, answered);
    }

    private static int IndexOf(ProviderAnswer answer) => answer switch
    {
        ProviderAnswer.Pending => 0,
        ProviderAnswer.Succeeded => 1,
        ProviderAnswer.Canceled => 2,
        ProviderAnswer.WaitingForCapture => 3,
        ProviderAnswer.UnknownStatus => 4,
        ProviderAnswer.NoAnswer noAnswer => 5 + (int)noAnswer.Cause,
        _ => Outcomes.Length - 1,
    };
}
