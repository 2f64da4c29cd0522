using System.Reflection;
using CoffeePayment.Engine.Hosting;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Dashboard;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>
/// Counts what a silo does, samples it, and tells the dashboard. Calls are timed only while somebody looks, as timing
/// one costs more than counting it.
/// </summary>
internal sealed class SiloProfiler : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly Silo _silo;
    private readonly DashboardOptions _dashboard;
    private readonly GrainProfilerOptions _profiling;
    private readonly SampleRing<double> _cpu;
    private (string Class, CallProfile Profile)[] _profiles = [];
    private ITimer? _sampler;
    private TimeSpan _cpuUsed;
    private long _sampledAt;
    private long _askedAt;
    private volatile bool _isTiming;

    public SiloProfiler(
        Silo silo, IOptions<DashboardOptions> dashboard, IOptions<GrainProfilerOptions> profiling)
    {
        _silo = silo;
        _dashboard = dashboard.Value;
        _profiling = profiling.Value;
        _cpu = new SampleRing<double>(_dashboard.HistoryLength);
        _isTiming = _profiling.TraceAlways;
        silo.Questions.Answer<WhichFigures, SiloFigures>((_, _) => new(Answer()));
    }

    /// <summary>Whether calls that begin are to be timed.</summary>
    public bool IsTiming => _isTiming;

    public TimeProvider Time => _silo.Time;

    private static string Version { get; } = FindVersion();

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe<SiloProfiler>(ServiceLifecycleStage.RuntimeInitialize, Attach);
        lifecycle.Subscribe<SiloProfiler>(ServiceLifecycleStage.RuntimeServices, StartSampling, StopSampling);
    }

    public void Dispose() => _sampler?.Dispose();

    // Before there is any grain: what counts is never changed while it is counted.
    private Task Attach(CancellationToken cancellationToken)
    {
        var profiles = new List<(string, CallProfile)>();
        foreach (var grainClass in _silo.Classes.All)
        {
            if (grainClass.Type.IsDefined(typeof(NoProfilingAttribute), inherit: true)) continue;
            grainClass.Profile = new CallProfile(this, grainClass.Type);
            profiles.Add((grainClass.Type.FullName!, grainClass.Profile));
        }

        _profiles = [.. profiles];
        return Task.CompletedTask;
    }

    private Task StartSampling(CancellationToken cancellationToken)
    {
        var interval = TimeSpan.FromMilliseconds(_dashboard.CounterUpdateIntervalMs);
        _cpuUsed = Environment.CpuUsage.TotalTime;
        _sampledAt = Time.GetTimestamp();
        _sampler = Time.CreateTimer(static self => ((SiloProfiler)self!).Sample(), this, interval, interval);
        return Task.CompletedTask;
    }

    private Task StopSampling(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    private void Sample()
    {
        var (cpuUsed, now) = (Environment.CpuUsage.TotalTime, Time.GetTimestamp());
        var passed = Time.GetElapsedTime(_sampledAt, now) * Environment.ProcessorCount;
        _cpu.Add(passed > TimeSpan.Zero ? Math.Min(1, (cpuUsed - _cpuUsed) / passed) : 0);
        (_cpuUsed, _sampledAt) = (cpuUsed, now);
        foreach (var (_, profile) in _profiles)
        {
            foreach (var counter in profile.Counters) counter.Sample(Time, _dashboard.HistoryLength);
        }

        var quiet = Time.GetElapsedTime(Volatile.Read(ref _askedAt), now);
        if (_isTiming && quiet >= _profiling.DeactivationTime) _isTiming = _profiling.TraceAlways;
    }

    private SiloFigures Answer()
    {
        Volatile.Write(ref _askedAt, Time.GetTimestamp());
        _isTiming = true;
        return new SiloFigures
        {
            Version = Version,
            Cores = Environment.ProcessorCount,
            ResidentBytes = Environment.WorkingSet,
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            QueuedWork = ThreadPool.PendingWorkItemCount,
            Cpu = _cpu.ToArray(),
            Activations =
            [
                .. _silo.Classes.All.Where(grainClass => grainClass.ActiveCount > 0)
                    .Select(grainClass => new ActiveGrains(grainClass.Type.FullName!, grainClass.ActiveCount)),
            ],
            Methods = [.. _profiles.SelectMany(one => one.Profile.Counters, (one, counter) => (one.Class, counter))
                .Where(one => one.counter.History is not null)
                .Select(one => FiguresOf(one.Class, one.counter))],
        };
    }

    private static MethodFigures FiguresOf(string grainClass, CallCounter counter) => new()
    {
        GrainClass = grainClass,
        Method = counter.Method,
        Calls = counter.Calls,
        Failures = counter.Failures,
        LastFailure = counter.LastFailure?.Exception,
        LastFailureAt = counter.LastFailure?.At,
        Samples = counter.History!.ToArray(),
    };

    private static string FindVersion()
    {
        var assembly = Assembly.GetEntryAssembly() ?? typeof(SiloProfiler).Assembly;
        return assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version?.ToString()
            ?? "";
    }
}
