namespace CoffeePayment.Tests.Faults.Orders;

/// <summary>The ways in which the lives of orders end: what the provider, the machine and the customer do.</summary>
internal enum Ending
{
    /// <summary>Paid soon, and the machine takes the command.</summary>
    PaidInTime,

    /// <summary>The provider cancels the payment.</summary>
    Canceled,

    /// <summary>Paid, but not what the drink costs.</summary>
    AmountMismatch,

    /// <summary>Paid, but the payment is older than the fast track.</summary>
    PaidLate,

    /// <summary>Never paid: the order expires.</summary>
    Unpaid,

    /// <summary>Expires, and is paid all the same.</summary>
    UnpaidThenPaid,

    /// <summary>The money is held and not taken.</summary>
    HeldForCapture,

    /// <summary>The provider does not know the payment.</summary>
    Unanswered,

    /// <summary>Paid; the machine refuses every command.</summary>
    MachineRefuses,

    /// <summary>Paid; the machine takes the command and answers with an error.</summary>
    MachineFails,

    /// <summary>Paid; the machine takes the command and never answers.</summary>
    MachineHangs,

    /// <summary>Paid; the machine takes the command and closes the connection.</summary>
    MachineHangsUp,
}
