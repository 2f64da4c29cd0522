using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.Observability;

/// <summary>Traces, metrics and logs of the service as users run it, sent to a collector.</summary>
public sealed class OtlpTests() : ServiceOnASandbox("otlp")
{
    [Fact]
    public async Task Everything_IsSentWhereTheSettingSays_AndNamesItsSender()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await Controls.PutPaymentAsync("payment-1", "succeeded");
        await using var service = await StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
            ("OTEL_BLRP_SCHEDULE_DELAY", "200"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "500"),
            ("SERVICE_ID", "shop-7"));

        await service.Client.RegisterAsync("order-1", "payment-1");
        await service.Client.WhenAsync("order-1", "make_pending");
        var traces = await receiver.WhenReceivedAsync("traces", "check order");
        var metrics = await receiver.WhenReceivedAsync("metrics", "coffee.check.duration");
        var logs = await receiver.WhenReceivedAsync("logs", "Order order-1: paid -> make_pending");

        string[] spans = ["send make command", "ask provider", "decide", "write state", "move in index", "order-1"];
        Assert.All(spans, text => Assert.Contains(text, traces));
        Assert.Contains("coffee.make.commands", metrics);
        Assert.Contains("payment_status_service", logs);
        Assert.All(
            [traces, metrics, logs],
            signal =>
            {
                Assert.Contains("shop-7", signal);
                Assert.Contains($"{Environment.MachineName}:{service.Id}", signal);
            });
        Assert.Empty(receiver.OtherTypes);
    }

    [Fact]
    public async Task Collector_ThatIsAway_IsNobodysTrouble()
    {
        await Controls.PutPaymentAsync("payment-1", "succeeded");
        await using var service = await StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", $"http://127.0.0.1:{FreePort.OfLoopback()}"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        await service.Client.RegisterAsync("order-1", "payment-1");
        await service.Client.WhenAsync("order-1", "make_pending");
        var (exitCode, _) = await service.InterruptAsync();

        Assert.Equal(0, exitCode);
    }
}
