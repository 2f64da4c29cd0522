namespace CoffeePayment.Tests.Bench;

/// <summary>Tests that run the benchmark: it takes the whole machine, so they run after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Benchmarks
{
    public const string Name = "Benchmarks";
}
