using Orleans;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>What does the silo do?</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Engine.WhichFigures")]
internal readonly record struct WhichFigures;

/// <summary>What a silo says of itself to the dashboard.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Engine.SiloFigures")]
internal sealed record SiloFigures
{
    /// <summary>The version of the application.</summary>
    [Id(0)]
    public required string Version { get; init; }

    [Id(1)]
    public required int Cores { get; init; }

    /// <summary>What the process keeps in memory.</summary>
    [Id(2)]
    public required long ResidentBytes { get; init; }

    /// <summary>What of it are objects of the runtime.</summary>
    [Id(3)]
    public required long HeapBytes { get; init; }

    /// <summary>Pieces of work that wait for a thread.</summary>
    [Id(4)]
    public required long QueuedWork { get; init; }

    /// <summary>The share of all cores that the process used, 0 to 1, from sample to sample, the newest last.</summary>
    [Id(5)]
    public required double[] Cpu { get; init; }

    /// <summary>How many grains are active, by class; classes without any are left out.</summary>
    [Id(6)]
    public required ActiveGrains[] Activations { get; init; }

    /// <summary>The methods that have been called.</summary>
    [Id(7)]
    public required MethodFigures[] Methods { get; init; }
}

/// <summary>How many grains of a class are active.</summary>
/// <param name="GrainClass">Its full name.</param>
/// <param name="Count">On one silo.</param>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Engine.ActiveGrains")]
internal sealed record ActiveGrains([property: Id(0)] string GrainClass, [property: Id(1)] long Count);

/// <summary>The calls of a method of a class on a silo.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.Engine.MethodFigures")]
internal sealed record MethodFigures
{
    /// <summary>The full name of the class.</summary>
    [Id(0)]
    public required string GrainClass { get; init; }

    [Id(1)]
    public required string Method { get; init; }

    /// <summary>Since the silo started.</summary>
    [Id(2)]
    public required long Calls { get; init; }

    /// <summary>Those of the calls that threw.</summary>
    [Id(3)]
    public required long Failures { get; init; }

    /// <summary>The name of the last exception; null if there was none.</summary>
    [Id(4)]
    public string? LastFailure { get; init; }

    /// <summary>When that was (UTC).</summary>
    [Id(5)]
    public DateTimeOffset? LastFailureAt { get; init; }

    /// <summary>From sample to sample, the newest last.</summary>
    [Id(6)]
    public required CallSample[] Samples { get; init; }
}
