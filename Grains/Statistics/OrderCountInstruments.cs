using System.Diagnostics.Metrics;
using CoffeePayment.Grains.Orders;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// How many orders there are, read from the indexes every 10 s. Every silo tells the number of the whole cluster, so
/// that it outlives any of them; while the indexes cannot be read, none does.
/// </summary>
public sealed partial class OrderCountInstruments : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly IOrderStatusIndex _statuses;
    private readonly IPendingPaymentIndex _pending;
    private readonly IAttentionIndex _attention;
    private readonly TimeProvider _time;
    private readonly ILogger<OrderCountInstruments> _logger;
    private volatile OrderCounts? _counts;

    public OrderCountInstruments(
        IMeterFactory meters,
        IOrderStatusIndex statuses,
        IPendingPaymentIndex pending,
        IAttentionIndex attention,
        [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time,
        ILogger<OrderCountInstruments> logger)
    {
        _statuses = statuses;
        _pending = pending;
        _attention = attention;
        _time = time;
        _logger = logger;
        var meter = meters.Create(OrderInstruments.MeterName);
        meter.CreateObservableGauge(
            "coffee.orders", ObserveStatuses, "{order}", "Orders of the whole cluster, by status.");
        meter.CreateObservableGauge(
            "coffee.orders.scheduled",
            () => Observe(counts => counts.Scheduled),
            "{order}",
            "Orders of the whole cluster in the due index.");
        meter.CreateObservableGauge(
            "coffee.orders.late",
            () => Observe(counts => counts.Late),
            "{order}",
            "Orders of the whole cluster that were given up and have a late check to come.");
        meter.CreateObservableGauge(
            "coffee.orders.attention",
            () => Observe(counts => counts.Attention),
            "{order}",
            "Orders of the whole cluster that wait for a person.");
    }

    /// <summary>Reads them now.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            _counts = new OrderCounts(
                new(await _statuses.CountAsync(cancellationToken)),
                await _pending.CountAsync(cancellationToken),
                await _attention.CountAsync(cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _counts = null;
            LogNotCounted(exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _time);
        do
        {
            await ReadAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<long>> ObserveStatuses() => _counts is not { } counts
        ? []
        : Enum.GetValues<OrderStatus>().Select(status => new Measurement<long>(
            counts.ByStatus.GetValueOrDefault(status),
            new KeyValuePair<string, object?>("status", WireNames.Of(status))));

    private IEnumerable<Measurement<long>> Observe(Func<OrderCounts, long> figure) =>
        _counts is { } counts ? [new Measurement<long>(figure(counts))] : [];

    [LoggerMessage(1202, LogLevel.Debug, "The orders could not be counted; metrics leave them out")]
    private partial void LogNotCounted(Exception exception);
}
