using System.Text;
using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.Metrics;

/// <summary>What Prometheus reads.</summary>
internal sealed class MetricsEndpoint(MetricsCollector collector)
{
    public Task GetAsync(HttpContext context) => Responses.WriteAsync(
        context, StatusCodes.Status200OK, PrometheusText.ContentType, Encoding.UTF8.GetBytes(collector.Collect()));
}
