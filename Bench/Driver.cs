using System.Diagnostics;
using System.Runtime.InteropServices;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;
using CoffeePayment.Bench.Processes;
using CoffeePayment.Bench.Reporting;
using CoffeePayment.Bench.Scenarios;
using CoffeePayment.Hosting;

namespace CoffeePayment.Bench;

/// <summary>Runs the wanted scenarios one after the other, and tells what they found.</summary>
internal static class Driver
{
    private static readonly IReadOnlyDictionary<string, Func<BenchRun, Task>> Scenarios =
        new Dictionary<string, Func<BenchRun, Task>>(StringComparer.Ordinal)
        {
            [RowGroups.Checks] = ChecksScenario.RunAsync,
            [RowGroups.Highest] = HighestRateScenario.RunAsync,
            [RowGroups.Orders] = IdleOrdersScenario.RunAsync,
            [RowGroups.Sweep] = IdleSweepScenario.RunAsync,
            [RowGroups.Orphans] = OrphansScenario.RunAsync,
            [RowGroups.Http] = HttpScenario.RunAsync,
        };

    /// <summary>The exit code: 0 if everything could be measured, 1 if not, 2 if it did not begin.</summary>
    public static async Task<int> RunAsync(BenchOptions options)
    {
        if (options.ShowsHelp)
        {
            Console.WriteLine(OptionsReader.Usage);
            return 0;
        }

        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var report = await MeasureAsync(options, stopping.Token);
            foreach (var line in report.Lines()) Console.WriteLine(line);
            report.Write(options.JsonPath);
            return report.Failures.Count == 0 ? 0 : 1;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task<Report> MeasureAsync(BenchOptions options, CancellationToken stop)
    {
        var startedAt = DateTimeOffset.UtcNow;
        var started = Stopwatch.GetTimestamp();
        var calibration = new List<double>(Calibration.TimeMs());
        await using var provider = await ProviderProcess.StartAsync(options.LatencyMs, stop);
        var run = new BenchRun(options, provider, stop);
        var failures = new List<string>();
        foreach (var group in RowGroups.All.Where(options.Wants))
        {
            try
            {
                await Scenarios[group](run);
            }
            catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
            {
                BenchRun.Say($"{group} could not be measured: {e}");
                failures.Add($"{group} could not be measured: {e.Message}");
            }
        }

        calibration.AddRange(Calibration.TimeMs());
        return new Report(
            startedAt,
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            EngineIdentity.Describe(),
            Environment.ProcessorCount,
            options.SyncsRedis,
            failures,
            [.. Noise.Of(calibration, run)],
            run.Figures);
    }
}
