namespace CoffeePayment.Api.Contracts;

/// <summary>The checks under way: the provider has been asked and has not answered yet.</summary>
internal sealed record ChecksResponse
{
    /// <summary>How many there are, all silos together.</summary>
    public required long UnderWay { get; init; }

    /// <summary>The silos, each as of its last report.</summary>
    public required IReadOnlyList<SiloChecksResponse> Silos { get; init; }
}

/// <summary>The checks under way in one silo.</summary>
internal sealed record SiloChecksResponse
{
    /// <summary>Its address, as Orleans prints it.</summary>
    public required string Address { get; init; }

    /// <summary>When it reported, which it does every 2 s. UTC.</summary>
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>How many there are.</summary>
    public required long UnderWay { get; init; }

    /// <summary>Those that have been under way longest, longest first; at most 64.</summary>
    public required IReadOnlyList<CheckResponse> Longest { get; init; }
}

/// <summary>A check under way.</summary>
internal sealed record CheckResponse
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Whose provider account is asked.</summary>
    public required string MerchantId { get; init; }

    /// <summary>When the provider was asked. UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>For how long it had been under way when the silo reported. Milliseconds.</summary>
    public required double RunningMs { get; init; }
}
