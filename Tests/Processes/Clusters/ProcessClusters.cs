namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>The test classes that start clusters of processes, one after another and nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessClusters
{
    public const string Name = "Clusters of processes";

    /// <summary>Prints a figure that a test measured.</summary>
    internal static void Tell(string figure) => Console.WriteLine(figure);
}
