using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation;

/// <summary>Runs many seeds, one simulation a core.</summary>
internal sealed class Seeds
{
    private const int FailuresMax = 5;

    private readonly ConcurrentBag<SimulationResult> _failures = [];
    private long _runs;
    private long _orders;
    private long _checks;
    private readonly ConcurrentDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private TimeSpan _time;
    private long _ticks;

    /// <summary>Those of them that broke a promise, by seed.</summary>
    public IReadOnlyList<SimulationResult> Failures => [.. _failures.OrderBy(result => result.Plan.Seed)];

    /// <summary>What was seen so far, in one line.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{_runs} seeds, {_failures.Count} failed: "
        + $"{_orders} orders, {_checks} checks, {_faults.Values.Sum()} faults, "
        + $"{TimeSpan.FromTicks(_ticks).TotalHours:F1} simulated hours in {_time.TotalSeconds:F0} s");

    /// <summary>How often each kind of fault struck.</summary>
    public IReadOnlyDictionary<string, long> Faults => _faults;

    /// <summary>Runs those that the plan maker knows, until the time is over or a few have failed.</summary>
    public static Seeds Run(ulong first, long count, TimeSpan limit, Func<ulong, SimulationPlan> makePlan)
    {
        var seeds = new Seeds();
        var watch = Stopwatch.StartNew();
        var next = -1L;
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        seeds._time = watch.Elapsed;
        return seeds;

        void Work()
        {
            while (watch.Elapsed < limit && seeds._failures.Count < FailuresMax)
            {
                var i = Interlocked.Increment(ref next);
                if (i >= count) return;
                seeds.RunOne(makePlan(first + (ulong)i));
            }
        }
    }

    /// <summary>
    /// What to print of a failure: why, the smallest plan and trace that were found, and how to see it again.
    /// </summary>
    /// <param name="failed">What failed.</param>
    /// <param name="command">What runs it again; null: what runs its seed.</param>
    public static string Explain(SimulationResult failed, string? command = null)
    {
        var smallest = Shrinker.Shrink(failed);
        return $"""
            {Describe(failed, command)}
            The smallest run found that breaks it too ({smallest.Failure?.What}):
            {smallest.Plan}
            {smallest.Trace}
            """;
    }

    /// <summary>Why it failed, and how to see it again.</summary>
    public static string Describe(SimulationResult failed, string? command = null) => $"""
        Seed {failed.Plan.Seed} broke a promise: {failed.Failure?.Checker}: {failed.Failure?.What}
        Again: {command ?? $"./test --seed {failed.Plan.Seed}"}
        """;

    private void RunOne(SimulationPlan plan)
    {
        var result = Simulation.Run(plan);
        if (result.Failure is not null) _failures.Add(result);
        Interlocked.Increment(ref _runs);
        Interlocked.Add(ref _orders, plan.Orders.Count);
        Interlocked.Add(ref _checks, result.Checks);
        foreach (var (fault, times) in result.Faults) _faults.AddOrUpdate(fault, times, (_, sum) => sum + times);
        Interlocked.Add(ref _ticks, result.Time.Ticks);
    }
}
