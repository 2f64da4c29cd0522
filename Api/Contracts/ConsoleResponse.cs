namespace CoffeePayment.Api.Contracts;

/// <summary>What the console must know of the service that it is part of.</summary>
internal sealed record ConsoleResponse
{
    /// <summary>The language of customers' texts, and of the console unless its user chose another: ru or en.</summary>
    public required string Language { get; init; }

    /// <summary>Which build of the service this is.</summary>
    public required string Version { get; init; }

    /// <summary>Whose data it is: <c>SERVICE_ID</c>.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Which silos belong together: <c>CLUSTER_ID</c>.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Where the sandbox listens that plays the provider; null if there is a real one.</summary>
    public required string? SandboxUrl { get; init; }
}
