namespace CoffeePayment.Tests.Cluster;

/// <summary>The test classes that start clusters of several silos, one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ManySilos
{
    public const string Name = "Many silos";
}
