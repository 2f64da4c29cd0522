using System.Diagnostics.Metrics;
using CoffeePayment.Api.Metrics;
using CoffeePayment.Grains.Statistics;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoffeePayment.Tests.Observability;

public sealed class OrderCountInstrumentsTests : IDisposable
{
    private readonly ServiceProvider _services =
        new ServiceCollection().AddLogging().AddMetrics().AddSingleton<MetricsCollector>().BuildServiceProvider();

    private readonly ScriptedCounts _counts = new();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Counts_AreWhatWasReadLast()
    {
        using var instruments = Create();
        await instruments.ReadAsync(CancellationToken.None);
        var before = Lines();

        _counts.Statuses[OrderStatus.Failed] = 9;
        _counts.Scheduled = 20;
        await instruments.ReadAsync(CancellationToken.None);

        Assert.Contains("coffee_orders{status=\"failed\"} 4", before);
        Assert.Contains("coffee_orders{status=\"refunded\"} 0", before);
        Assert.Contains("coffee_orders_scheduled 7", before);
        Assert.Contains("coffee_orders_late 4", before);
        Assert.Contains("coffee_orders_attention 3", before);
        Assert.Contains("coffee_orders{status=\"failed\"} 9", Lines());
        Assert.Contains("coffee_orders_late 17", Lines());
    }

    [Fact]
    public async Task Counts_OfAStorageThatIsAway_AreLeftOutUntilItIsBack()
    {
        using var instruments = Create();
        await instruments.ReadAsync(CancellationToken.None);

        _counts.Failure = new IOException("The storage is away.");
        await instruments.ReadAsync(CancellationToken.None);
        var meanwhile = Lines();
        _counts.Failure = null;
        await instruments.ReadAsync(CancellationToken.None);

        Assert.DoesNotContain(meanwhile, line => line.StartsWith("coffee_orders"));
        Assert.Contains("coffee_orders_scheduled 7", Lines());
    }

    private OrderCountInstruments Create()
    {
        _services.GetRequiredService<MetricsCollector>().Start();
        return new OrderCountInstruments(
            _services.GetRequiredService<IMeterFactory>(),
            _counts,
            _counts,
            _counts,
            TimeProvider.System,
            NullLogger<OrderCountInstruments>.Instance);
    }

    private List<string> Lines() => [.. _services.GetRequiredService<MetricsCollector>().Collect().Split('\n')];

    /// <summary>Indexes that hold numbers and nothing else.</summary>
    private sealed class ScriptedCounts : IOrderStatusIndex, IPendingPaymentIndex, IAttentionIndex
    {
        public Dictionary<OrderStatus, long> Statuses { get; } =
            new() { [OrderStatus.Pending] = 2, [OrderStatus.Paid] = 1, [OrderStatus.Failed] = 4 };

        public long Scheduled { get; set; } = 7;

        public Exception? Failure { get; set; }

        ValueTask<IReadOnlyDictionary<OrderStatus, long>> IOrderStatusIndex.CountAsync(
            CancellationToken cancellationToken) =>
            Failure is { } failure ? throw failure : new(new Dictionary<OrderStatus, long>(Statuses));

        ValueTask<long> IPendingPaymentIndex.CountAsync(CancellationToken cancellationToken) => new(Scheduled);

        ValueTask<long> IAttentionIndex.CountAsync(CancellationToken cancellationToken) => new(3);

        public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
            StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<DueEntry>> ReadOverdueAsync(
            DateTimeOffset dueBefore, DueEntry? after, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<DueEntry>> ReadSoonestAsync(
            DateTimeOffset from,
            DateTimeOffset to,
            DueEntry? after,
            int limit,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<StatusEntry>> ListAsync(
            OrderStatus status, StatusEntry? after, int limit, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public ValueTask<IReadOnlyList<StatusEntry>> ReadOlderThanAsync(
            OrderStatus status,
            DateTimeOffset before,
            StatusEntry? after,
            int limit,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
