using System.Diagnostics;
using System.Runtime.InteropServices;
using CoffeePayment.Bench.Processes;

namespace CoffeePayment.Bench.Measuring;

/// <summary>What was seen of checks during a while. Times of CPU are in cores: seconds of CPU a second.</summary>
internal sealed record CheckWindow
{
    public required TimeSpan Length { get; init; }

    /// <summary>How the provider was asked.</summary>
    public required ProviderFigures Provider { get; init; }

    public required double OrdersCores { get; init; }

    public required double ProviderCores { get; init; }

    public required double RedisCores { get; init; }

    /// <summary>Of the whole machine, all cores together.</summary>
    public required double BusyCores { get; init; }

    /// <summary>Of processes that are not part of the measurement, and what the host took away.</summary>
    public required double StrangersCores { get; init; }

    /// <summary>How late checks began, milliseconds; null of the bare loop.</summary>
    public required double? LatenessP50Ms { get; init; }

    public required double? LatenessP99Ms { get; init; }

    public double ChecksPerSecond => Provider.Requests / Length.TotalSeconds;

    /// <summary>CPU time of whoever does the checks, per check, microseconds.</summary>
    public double CpuPerCheckMicroseconds => MicrosecondsPerCheck(OrdersCores);

    /// <summary>CPU time of Redis per check, microseconds; 0 where there is none.</summary>
    public double RedisPerCheckMicroseconds => MicrosecondsPerCheck(RedisCores);

    /// <summary>Watches for so long, from now on.</summary>
    public static async Task<CheckWindow> WatchAsync(
        ICheckedOrders orders, ProviderProcess provider, TimeSpan length, CancellationToken stop)
    {
        var metricsBefore = await orders.ReadMetricsAsync(stop);
        await provider.ResetAsync(stop);
        var before = Reading.Of(orders, provider);
        await Task.Delay(length, stop);
        var spent = Reading.Of(orders, provider) - before;
        var asked = await provider.ReadAsync(stop);
        var metricsAfter = await orders.ReadMetricsAsync(stop);

        var seconds = spent.At.TotalSeconds;
        var ours = spent.Orders + spent.Provider + spent.Redis + spent.Own;
        return new CheckWindow
        {
            Length = spent.At,
            Provider = asked,
            OrdersCores = spent.Orders / seconds,
            ProviderCores = spent.Provider / seconds,
            RedisCores = spent.Redis / seconds,

            // The kernel counts the machine by ticks, but times processes: work between ticks is seen by these alone.
            BusyCores = Math.Max(spent.Machine.Busy.TotalSeconds, ours) / seconds,
            StrangersCores =
                Math.Max(0, spent.Machine.Busy.TotalSeconds + spent.Machine.Stolen.TotalSeconds - ours) / seconds,
            LatenessP50Ms = LatenessMs(metricsBefore, metricsAfter, 0.50),
            LatenessP99Ms = LatenessMs(metricsBefore, metricsAfter, 0.99),
        };
    }

    private double MicrosecondsPerCheck(double cores) => cores * 1e6 / Math.Max(1, ChecksPerSecond);

    private static double? LatenessMs(MetricsText? before, MetricsText? after, double share)
    {
        const string Lateness = "coffee_check_lateness_seconds";
        return before is null || after is null
            ? null
            : BucketPercentile.Of(before.Buckets(Lateness), after.Buckets(Lateness), share) * 1000;
    }

    /// <summary>Clocks at one moment; all but the machine's in seconds.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Reading(
        TimeSpan At, MachineTime Machine, double Orders, double Provider, double Redis, double Own)
    {
        public static Reading Of(ICheckedOrders orders, ProviderProcess provider) => new(
            Stopwatch.GetElapsedTime(0),
            MachineTime.Now(),
            orders.CpuTime.TotalSeconds,
            provider.CpuTime.TotalSeconds,
            orders.RedisCpuTime?.TotalSeconds ?? 0,
            Environment.CpuUsage.TotalTime.TotalSeconds);

        public static Reading operator -(Reading left, Reading right) => new(
            left.At - right.At,
            left.Machine - right.Machine,
            left.Orders - right.Orders,
            left.Provider - right.Provider,
            left.Redis - right.Redis,
            left.Own - right.Own);
    }
}
