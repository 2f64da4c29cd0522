namespace CoffeePayment.Silo.CommandLine;

/// <summary>What <c>run</c> was asked for.</summary>
internal sealed record RunArguments
{
    /// <summary>
    /// How many silos to start as processes, with an API in front, 1 to 16; null: this process is the silo.
    /// </summary>
    public int? Silos { get; init; }

    /// <summary>How many orders to play through, 1 to 10,000; null: no demo.</summary>
    public int? DemoOrders { get; init; }

    /// <summary>Whether the process ends with the demo.</summary>
    public bool ExitsAfterDemo { get; init; }

    /// <summary>The settings among the arguments, as <c>--NAME=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
