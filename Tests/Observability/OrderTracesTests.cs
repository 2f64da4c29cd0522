using System.Collections.Concurrent;
using System.Diagnostics;
using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Grains.Orders;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Grains;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoffeePayment.Tests.Observability;

public sealed class OrderTracesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Check_SomebodyListens_IsATraceOfItsOwnFromTimerToStorage()
    {
        using var spans = new SpanRecorder();
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("traced-1");

        await cluster.CheckWhenDueAsync("traced-1", new ProviderAnswer.Pending());
        await cluster.CheckWhenDueAsync("traced-1", new ProviderAnswer.Pending());

        var checks = spans.TracesOf("traced-1");
        Assert.Equal(2, checks.Count);
        Assert.All(checks, check => Assert.Equal(
            ["check order", "ask provider", "decide", "write state", "move in index"],
            check.Select(span => span.OperationName)));
        Assert.All(checks, check => Assert.All(check[1..], span => Assert.Equal(check[0].SpanId, span.ParentSpanId)));
        Assert.Equal([1, 2], checks.Select(check => (int)check[0].GetTagItem("coffee.check.attempt")!));
        Assert.All(checks, check => Assert.Equal("fast", check[0].GetTagItem("coffee.order.track")));
        Assert.All(checks, check => Assert.Equal("pending", check[1].GetTagItem("coffee.check.outcome")));
    }

    [Fact]
    public async Task Check_ThatFindsTheMoney_HasTheMakeCommandInItsTrace()
    {
        using var spans = new SpanRecorder();
        await using var cluster = await PaymentCluster.StartAsync();
        await cluster.RegisterAsync("traced-2");

        await cluster.CheckWhenDueAsync("traced-2", new ProviderAnswer.Succeeded(PaymentCluster.Price));

        var check = Assert.Single(spans.TracesOf("traced-2"));
        Assert.Equal(
            [
                "check order", "ask provider", "decide", "write state", "move in index", "send make command", "decide",
                "write state", "move in index",
            ],
            check.Select(span => span.OperationName));
        Assert.Equal("accepted", check[5].GetTagItem("coffee.make.outcome"));
        Assert.Equal("make_pending", check[6].GetTagItem("coffee.decision.status"));
    }

    [Fact]
    public async Task Check_WhoseWriteFails_IsMarkedSo()
    {
        using var spans = new SpanRecorder();
        await using var cluster = await PaymentCluster.StartAsync();
        var order = await cluster.RegisterAsync("traced-3");
        cluster.Stores.States.FailNextWrite(new IOException("The disk is gone."));

        await cluster.CheckWhenDueAsync("traced-3", new ProviderAnswer.Pending());

        var check = spans.TracesOf("traced-3")[0];
        Assert.Equal(
            ["check order", "write state"],
            check.Where(span => span.Status == ActivityStatusCode.Error).Select(span => span.OperationName));
        Assert.Equal(OrderStatus.Pending, order.Status);
    }

    [Fact]
    public void Spans_NobodyListens_AllocateNothing()
    {
        var order = PaymentDecider.Register(PaymentCluster.Registration("order-1"), Noon, new PaymentOptions());
        Begin(1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Begin(1000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);

        void Begin(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.Null(OrderTraces.StartStep(order, Noon, isLogged: false));
                Assert.Null(OrderTraces.StartAsking());
                Assert.Null(OrderTraces.StartDeciding());
                Assert.Null(OrderTraces.StartWriting());
                Assert.Null(OrderTraces.StartMoving());
            }
        }
    }

    [Theory]
    [InlineData(LogLevel.Debug, 4)]
    [InlineData(LogLevel.Information, 3)]
    public async Task LinesOfACheck_NobodyTraces_HaveItsOrderAndOneTraceId(LogLevel level, int count)
    {
        var lines = new ConcurrentQueue<(string Text, ActivityTraceId? Trace)>();
        using var provider = new TraceLogger(lines);
        await using var cluster = await PaymentCluster.StartAsync(
            logging: logging => logging.AddProvider(provider).AddFilter(OrderServices.LogCategory, level));
        await cluster.RegisterAsync("order-1");
        lines.Clear();

        await cluster.CheckWhenDueAsync("order-1", new ProviderAnswer.Succeeded(PaymentCluster.Price));

        Assert.Equal(count, lines.Count);
        Assert.All(lines, line => Assert.StartsWith("Order order-1: ", line.Text));
        Assert.NotNull(Assert.Single(lines.Select(line => line.Trace).Distinct()));
    }

    [Fact]
    public void TraceIds_OfOneStep_AreTheSameAndOfTwoStepsAreNot()
    {
        var ids = new List<ActivityTraceId>();
        foreach (var (orderId, startedAt) in new[] { ("a", Noon), ("a", Noon), ("a", Noon.AddTicks(1)), ("b", Noon) })
        {
            using var lent = OrderTraces.Correlate(orderId, startedAt);
            ids.Add(lent!.TraceId);
        }

        Assert.Equal(ids[0], ids[1]);
        Assert.Equal(3, ids.Distinct().Count());
    }

    /// <summary>Listens to the spans of orders while it is there.</summary>
    private sealed class SpanRecorder : IDisposable
    {
        private readonly ConcurrentQueue<Activity> _spans = new();
        private readonly ActivityListener _listener;

        public SpanRecorder()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = static source => source.Name == OrderTraces.SourceName,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                    ActivitySamplingResult.AllDataAndRecorded,
                ActivityStarted = _spans.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>
        /// The traces that begin with a step of the order, each in the order in which its spans began.
        /// </summary>
        public List<List<Activity>> TracesOf(string orderId) =>
        [
            .. _spans.GroupBy(span => span.TraceId).Select(trace => trace.ToList())
                .Where(trace => trace[0].GetTagItem("coffee.order.id") as string == orderId),
        ];

        public void Dispose() => _listener.Dispose();
    }

    private sealed class TraceLogger(ConcurrentQueue<(string Text, ActivityTraceId? Trace)> lines)
        : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) =>
            categoryName == OrderServices.LogCategory ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Enqueue((formatter(state, exception), Activity.Current?.TraceId));

        public void Dispose()
        {
        }
    }
}
