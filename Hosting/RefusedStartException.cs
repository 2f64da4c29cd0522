namespace CoffeePayment.Hosting;

/// <summary>The service cannot start as it is set up; the message is the one line that says why.</summary>
public sealed class RefusedStartException(string message, Exception? innerException = null)
    : Exception(message, innerException);
