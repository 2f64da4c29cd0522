namespace CoffeePayment.Tests.Simulation.Faults;

/// <summary>How often what goes wrong, as probabilities of each single message, write or call; 0: never.</summary>
internal sealed record Rates
{
    public double DelayedMessage { get; init; }

    public double BrokenConnection { get; init; }

    public double RepeatedMessage { get; init; }

    /// <summary>A message overtakes some of those that are under way to the same silo.</summary>
    public double ReorderedMessage { get; init; }

    /// <summary>The storage did nothing, and said so.</summary>
    public double FailedWrite { get; init; }

    /// <summary>The storage did it, and nobody was told.</summary>
    public double LostAcknowledgement { get; init; }

    public double SlowStorage { get; init; }

    public double TableFailure { get; init; }

    public double ProviderTimeout { get; init; }

    public double ProviderError { get; init; }

    /// <summary>The provider shows an older status, or held money, or a status that nobody knows.</summary>
    public double ProviderConfusion { get; init; }

    /// <summary>The limiter or the breaker of the silo does not let the question out.</summary>
    public double NotAsked { get; init; }

    public double MachineRefusal { get; init; }

    /// <summary>No answer, the drink made or not.</summary>
    public double MachineSilence { get; init; }

    /// <summary>A customer or operator does not hear what was answered, and asks again.</summary>
    public double LostReply { get; init; }

    public static Rates None { get; } = new();
}
