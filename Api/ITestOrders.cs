using CoffeePayment.Orders;

namespace CoffeePayment.Api;

/// <summary>
/// Prepares test orders: makes the payment at the sandbox and arranges what becomes of it. Only a host that has a
/// sandbox of its own has one.
/// </summary>
public interface ITestOrders
{
    /// <summary>Where the sandbox listens.</summary>
    Uri SandboxUrl { get; }

    /// <summary>
    /// Makes a payment which ends as wanted; the order that waits for it is the caller's to register.
    /// </summary>
    /// <param name="orderId">What the order shall be called.</param>
    /// <param name="ending">What becomes of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpRequestException">The sandbox does not do as it is told.</exception>
    Task<OrderRegistration> PrepareAsync(
        string orderId, TestOrderEnding ending, CancellationToken cancellationToken);
}

/// <summary>What becomes of a test order. On the wire in snake case.</summary>
public enum TestOrderEnding
{
    /// <summary>Paid in time, and the machine takes the command.</summary>
    Paid,

    /// <summary>Paid when the fast track is over.</summary>
    PaidLate,

    /// <summary>Another amount is paid.</summary>
    WrongAmount,

    /// <summary>The bank says no.</summary>
    Canceled,

    /// <summary>Nobody pays, and the order expires soon.</summary>
    Unpaid,

    /// <summary>The money is held instead of taken.</summary>
    Held,

    /// <summary>The provider fails whenever it is asked about the payment.</summary>
    Unanswered,

    /// <summary>Paid in time; the machine refuses the command.</summary>
    MachineRefuses,

    /// <summary>Paid in time; the machine says nothing, so nobody knows whether it made the drink.</summary>
    MachineSilent,
}
