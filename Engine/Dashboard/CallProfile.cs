using System.Collections.Frozen;
using System.Reflection;
using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Wire;
using Orleans.Dashboard;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>The calls of all grains of one class on this silo, by method, and the ticks of their timers.</summary>
internal sealed class CallProfile
{
    /// <summary>What stands for the ticks of timers, among the names of methods.</summary>
    public const string TimerTicks = "(timer)";

    private readonly SiloProfiler _profiler;
    private readonly FrozenDictionary<uint, CallCounter> _methods;
    private readonly CallCounter _timers = new(TimerTicks);

    public CallProfile(SiloProfiler profiler, Type grainClass)
    {
        _profiler = profiler;
        var methods = new Dictionary<uint, CallCounter>();
        foreach (var interfaceType in GrainMethods.InterfacesOf(grainClass))
        {
            var map = grainClass.GetInterfaceMap(interfaceType);
            for (var i = 0; i < map.InterfaceMethods.Length; i++)
            {
                var method = map.InterfaceMethods[i];
                if (GrainMethods.IsCallable(method) && !map.TargetMethods[i].IsDefined(typeof(NoProfilingAttribute)))
                    methods[GrainMethods.IdOf(method)] = new CallCounter(method.Name);
            }
        }

        _methods = methods.ToFrozenDictionary();
    }

    public IEnumerable<CallCounter> Counters => _methods.Values.Append(_timers);

    /// <summary>When a call begins: what its end is to be given.</summary>
    public long Begin() => _profiler.IsTiming ? _profiler.Time.GetTimestamp() : CallCounter.NotTimed;

    public void End(MethodModel method, long began, Exception? failure)
    {
        if (_methods.TryGetValue(method.Id, out var counter)) End(counter, began, failure);
    }

    public void EndTick(long began, Exception? failure) => End(_timers, began, failure);

    private void End(CallCounter counter, long began, Exception? failure)
    {
        if (failure is not null) counter.CountFailure(failure, _profiler.Time.GetUtcNow());
        counter.Count(began == CallCounter.NotTimed ? began : _profiler.Time.GetTimestamp() - began);
    }
}
