using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation;

/// <summary>What came of a run.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Failure">The first promise that was broken; null if none was.</param>
/// <param name="Trace">What happened.</param>
/// <param name="Checks">How often the provider was asked.</param>
/// <param name="Faults">How often what went wrong.</param>
/// <param name="Time">How much time passed in the simulated world.</param>
internal sealed record SimulationResult(
    SimulationPlan Plan,
    (string Checker, string What)? Failure,
    Trace Trace,
    long Checks,
    IReadOnlyDictionary<string, int> Faults,
    TimeSpan Time);
