using System.Diagnostics.Metrics;

namespace CoffeePayment.Engine;

/// <summary>What the engine counts, for whoever listens to the meter "CoffeePayment.Engine".</summary>
internal static class EngineMetrics
{
    private static readonly Meter EngineMeter = new("CoffeePayment.Engine");

    public static readonly Counter<long> Activated = EngineMeter.CreateCounter<long>("engine.activations.started");

    public static readonly Counter<long> Deactivated = EngineMeter.CreateCounter<long>("engine.activations.ended");

    public static readonly Counter<long> Calls = EngineMeter.CreateCounter<long>(
        "engine.calls", description: "Calls carried out by grains");

    public static readonly Counter<long> Ticks = EngineMeter.CreateCounter<long>("engine.timer.ticks");
}
