using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace CoffeePayment.Hosting.Instruments;

/// <summary>What a process is: since when it runs, and which build of what. The runtime tells the rest of it.</summary>
internal sealed class ProcessInstruments : IHostedService
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "CoffeePayment.Process";

    public ProcessInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        var startedAt = StartedAt().ToUnixTimeMilliseconds() / 1e3;
        meter.CreateObservableGauge(
            "process.start.time", () => startedAt, "s", "When the process started, in seconds since 1970.");
        var build = new Measurement<int>(
            1,
            new KeyValuePair<string, object?>("version", Version),
            new KeyValuePair<string, object?>("orleans", EngineIdentity.IsOfficial ? "official" : "embedded"),
            new KeyValuePair<string, object?>("runtime", RuntimeInformation.FrameworkDescription));
        meter.CreateObservableGauge("coffee.build.info", () => build, description: "What runs here; always 1.");
    }

    /// <summary>Which build of the service this is.</summary>
    public static string Version { get; } = typeof(ProcessInstruments).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static DateTimeOffset StartedAt()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime);
    }
}
