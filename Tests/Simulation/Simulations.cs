namespace CoffeePayment.Tests.Simulation;

/// <summary>
/// The tests that keep all processors busy: when the others, some of which watch the clock, have ended.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Simulations
{
    public const string Name = "Simulations";
}
