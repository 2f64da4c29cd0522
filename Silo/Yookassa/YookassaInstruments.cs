using System.Diagnostics.Metrics;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// What is measured of the provider, in the meter <see cref="MeterName"/>. Counters are read, not pushed.
/// </summary>
internal sealed class YookassaInstruments
{
    public const string MeterName = "CoffeePayment.Yookassa";

    private readonly Histogram<double> _duration;

    public YookassaInstruments(
        IMeterFactory meterFactory, Func<IEnumerable<(string Id, MerchantClient Client)>> merchants)
    {
        var meter = meterFactory.Create(MeterName);
        _duration = meter.CreateHistogram<double>(
            "coffee.provider.request.duration",
            "s",
            "From sending a request to the last byte of its answer, or giving it up");
        meter.CreateObservableCounter(
            "coffee.provider.requests",
            () => merchants().SelectMany(merchant => merchant.Client.Figures.Totals()
                .Select(total => new Measurement<long>(
                    total.Total, Tag("merchant", merchant.Id), Tag("outcome", total.Outcome)))),
            "{request}",
            "Requests by what came of them; not_asked were not sent");
        meter.CreateObservableGauge(
            "coffee.provider.requests.in_flight",
            () => merchants().Select(
                merchant => new Measurement<int>(merchant.Client.InFlight, Tag("merchant", merchant.Id))),
            "{request}",
            "Requests under way");
        meter.CreateObservableGauge(
            "coffee.provider.circuit",
            () => merchants().Select(
                merchant => new Measurement<int>((int)merchant.Client.Circuit, Tag("merchant", merchant.Id))),
            description: "0 closed, 1 open, 2 trying whether the outage is over");
    }

    public void Record(string merchantId, TimeSpan latency)
    {
        if (_duration.Enabled) _duration.Record(latency.TotalSeconds, Tag("merchant", merchantId));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
