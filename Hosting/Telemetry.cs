using CoffeePayment.Hosting.Instruments;
using CoffeePayment.Hosting.Settings;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CoffeePayment.Hosting;

/// <summary>Sends traces, metrics and logs over OTLP, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says.</summary>
internal sealed class Telemetry : IDisposable
{
    private readonly MeterProvider _metrics;
    private readonly TracerProvider _traces;

    private Telemetry(MeterProvider metrics, TracerProvider traces)
    {
        _metrics = metrics;
        _traces = traces;
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    /// <summary>Starts sending; null if there is nobody to send to.</summary>
    public static Telemetry? Start(WebApplicationBuilder builder, ServiceSettings settings)
    {
        if (settings.Get(SettingsTable.OtlpEndpoint) is not { } endpoint) return null;

        // The exporters read the environment, for protocol and headers too; the address may come from elsewhere.
        Environment.SetEnvironmentVariable(SettingsTable.OtlpEndpoint.Name, endpoint.ToString());
        var resource = ResourceBuilder.CreateDefault()
            .AddService(
                settings.Get(SettingsTable.ServiceId),
                settings.Get(SettingsTable.ClusterId),
                ProcessInstruments.Version,
                autoGenerateServiceInstanceId: false,
                $"{Environment.MachineName}:{Environment.ProcessId}")
            .AddEnvironmentVariableDetector();

        builder.Logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(resource);
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter();
        });
        return new Telemetry(
            Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter("CoffeePayment.*", "Microsoft.Orleans", "Microsoft.AspNetCore.*", "System.Runtime")
                .AddOtlpExporter()
                .Build(),
            Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("CoffeePayment.*", "Microsoft.Orleans.*", "Microsoft.AspNetCore", "System.Net.Http")
                .AddOtlpExporter()
                .Build());
    }
}
