namespace CoffeePayment.Orders;

/// <summary>How far the make command of a paid order got.</summary>
[GenerateSerializer]
[Immutable]
[Alias("CoffeePayment.MakeProgress")]
public sealed record MakeProgress
{
    /// <summary>How often the command was handed to the network: 1 to 3.</summary>
    [Id(0)]
    public required int Attempts { get; init; }

    /// <summary>
    /// When the last try was handed to the network. It is written before the command leaves, so a process that dies in
    /// between counts as having sent it.
    /// </summary>
    [Id(1)]
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Whether the last try still waits for its outcome.</summary>
    [Id(2)]
    public required bool IsInFlight { get; init; }

    /// <summary>Whether some try ended without anybody knowing whether the drink was made.</summary>
    [Id(3)]
    public bool MayHaveMade { get; init; }
}
