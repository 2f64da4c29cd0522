namespace Orleans.Runtime;

/// <summary>One activation as its grain and the services around it see it.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainId GrainId { get; }

    GrainReference GrainReference { get; }

    /// <summary>The grain, or null before it was made.</summary>
    object? GrainInstance { get; }

    /// <summary>Services of this activation's own scope, which ends with it.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Starts to deactivate: runs no further call, lets the running ones end, then ends itself.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
