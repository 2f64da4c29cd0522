namespace CoffeePayment.Sandbox.Traffic;

/// <summary>Counts what comes to the provider; a request costs a few interlocked additions.</summary>
internal sealed class ProviderTraffic(TimeProvider clock)
{
    private readonly long[] _byOperation = new long[Enum.GetValues<ProviderOperation>().Length];
    private readonly long[] _byStatus = new long[600];
    private readonly ArrivalBins _arrivals = new(clock);
    private readonly IntervalHistogram _intervals = new();

    public void Arrived(ProviderOperation operation, long timestamp)
    {
        Interlocked.Increment(ref _byOperation[(int)operation]);
        _arrivals.Add(timestamp);
    }

    /// <summary>A payment was asked about again after that time.</summary>
    public void AskedAgain(TimeSpan interval) => _intervals.Add(interval);

    public void Answered(int status) => Interlocked.Increment(ref _byStatus[status]);

    public ProviderView View(TimeSpan last)
    {
        var requests = _byOperation.Sum();
        var answered = _byStatus.Sum();
        return new ProviderView(
            requests,
            Math.Max(0, requests - answered),
            Enum.GetValues<ProviderOperation>().Where(o => _byOperation[(int)o] > 0)
                .ToDictionary(o => o.Name(), o => _byOperation[(int)o], StringComparer.Ordinal),
            Enumerable.Range(0, _byStatus.Length).Where(s => _byStatus[s] > 0)
                .ToDictionary(s => s.ToString(), s => _byStatus[s], StringComparer.Ordinal),
            ArrivalsView.Of(_arrivals.Counts(last)),
            _intervals.View());
    }
}
