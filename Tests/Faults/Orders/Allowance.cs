namespace CoffeePayment.Tests.Faults.Orders;

/// <summary>In which other ways the rules let orders end while a fault is there.</summary>
[Flags]
internal enum Allowance
{
    /// <summary>As scripted, and nothing else.</summary>
    None = 0,

    /// <summary>The service died, or lost its storage, around a command: nobody knows what became of it.</summary>
    CommandUnknown = 1,

    /// <summary>The machine refuses commands for longer than they are repeated.</summary>
    CommandRefused = 2,

    /// <summary>The provider is away for ten checks: the order is given up, and money found by a late check.</summary>
    GivenUp = 4,
}
