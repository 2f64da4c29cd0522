using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using CoffeePayment.Api.Metrics;
using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Grains.Orders;
using CoffeePayment.Grains.Statistics;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Api;
using CoffeePayment.Tests.Grains;
using Microsoft.Extensions.Logging.Abstractions;

namespace CoffeePayment.Tests.Observability;

/// <summary>
/// Whatever comes in from outside, the number of series that Prometheus must keep does not grow with it.
/// </summary>
public sealed class BoundedLabelsTests
{
    private const int Inputs = 3000;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "BREW"];

    [Fact]
    public async Task Series_OfTheApi_StayWhateverIsAskedFor()
    {
        await using var api = await ApiHarness.StartAsync();
        for (var i = 0; i < 60; i++) await AskAsync(api, i);
        var before = await SeriesAsync(api);

        for (var i = 60; i < Inputs; i++) await AskAsync(api, i);

        Assert.Equal(before, await SeriesAsync(api));
    }

    [Fact]
    public void Series_OfDecisions_StayWhateverReasonTheProviderGives()
    {
        using var services = Metrics();
        var instruments = new OrderInstruments(
            services.GetRequiredService<IMeterFactory>(), new SiloStatistics(TimeProvider.System));
        var registered = PaymentDecider.Register(
            PaymentCluster.Registration("order-1"), DateTimeOffset.UnixEpoch, new PaymentOptions());

        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            for (var i = 0; i < Inputs; i++)
            {
                var order = registered with { Status = status, StatusReason = $"reason \"{i}\"\n" };
                instruments.Changed(before: null, order);
                instruments.Answered(order, new ProviderAnswer.UnknownStatus($"status {i}"), DateTimeOffset.UnixEpoch);
                instruments.Answered(order, new ProviderAnswer.Canceled($"reason {i}"), DateTimeOffset.UnixEpoch);
                instruments.MakeAnswered(new MakeAnswer.Unknown($"reason {i}"));
            }
        }

        var lines = Lines(services);
        Assert.Equal(
            Enum.GetValues<OrderStatus>().Length, lines.Count(line => line.StartsWith("coffee_decisions_total{")));
        Assert.Equal(2, lines.Count(line => line.StartsWith("coffee_checks_total{")));
        Assert.Equal(3, lines.Count(line => line.StartsWith("coffee_make_commands_total{")));
    }

    [Fact]
    public async Task Series_OfTheProvider_AreOfItsMerchantsAloneAndOfKnownOutcomes()
    {
        using var yookassa = new Yookassa.YookassaHarness();
        using var collector = new MetricsCollector(yookassa.Meters, NullLogger<MetricsCollector>.Instance);
        collector.Start();
        for (var i = 0; i < Inputs; i++)
        {
            yookassa.Answer((HttpStatusCode)(400 + (i % 200)), $$"""{"type":"error","code":"code {{i}}"}""");
            await yookassa.AskAsync($"order-{i}", i % 2 == 0 ? "default" : $"merchant {i}");
        }

        var merchants = collector.Collect().Split('\n').Where(line => line.Contains("merchant=")).ToList();

        Assert.All(merchants, line => Assert.Contains("merchant=\"default\"", line));
        Assert.Equal(14, merchants.Count(line => line.StartsWith("coffee_provider_requests_total{")));
    }

    private static ServiceProvider Metrics()
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<MetricsCollector>()
            .BuildServiceProvider();
        services.GetRequiredService<MetricsCollector>().Start();
        return services;
    }

    private static List<string> Lines(IServiceProvider services) =>
        [.. services.GetRequiredService<MetricsCollector>().Collect().Split('\n')];

    private static async Task AskAsync(ApiHarness api, int i)
    {
        var path = (i / Methods.Length % 5) switch
        {
            0 => $"/v1/orders/order-{i}",
            1 => $"/nothing/{i}?x={i}",
            2 => $"/v1/orders/{Uri.EscapeDataString($"☕ {i}")}/check",
            3 => "/v1/webhooks/yookassa",
            _ => $"/v1/orders?status=status-{i}",
        };
        using var body = new StringContent($$$"""{"event":"{{{i}}}","object":{"id":"{{{i}}}"}}""", Encoding.UTF8);
        await api.SendAsync(new HttpMethod(Methods[i % Methods.Length]), path, body);
    }

    private static async Task<IEnumerable<string>> SeriesAsync(ApiHarness api)
    {
        // Asked for twice: the first time itself is a new series.
        await api.GetAsync("/metrics");
        return (await api.GetAsync("/metrics")).Text.Split('\n')
            .Select(line => line.Split("} ")[0])
            .Where(line => line.StartsWith("http_") || line.StartsWith("kestrel_"))
            .ToList();
    }
}
