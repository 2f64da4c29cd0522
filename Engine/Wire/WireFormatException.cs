namespace CoffeePayment.Engine.Wire;

/// <summary>
/// What arrived is no value of the type that was expected: cut off, garbled, or of a type which may not cross calls.
/// </summary>
internal sealed class WireFormatException(string message, Exception? innerException = null)
    : Exception(message, innerException);
