using CoffeePayment.Engine.Wire;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>Exceptions on their way to the caller.</summary>
internal static class Failures
{
    /// <summary>The exception; if it cannot be written, another one that says so: the caller waits.</summary>
    public static ReadOnlyMemory<byte> Encode(Exception exception)
    {
        try
        {
            return Codec.Get<Exception>().Encode(exception);
        }
        catch (Exception failure)
        {
            return Codec.Get<Exception>().Encode(new OrleansException(
                $"{exception.GetType()} was thrown, which cannot be sent: {failure.Message}"));
        }
    }

    public static Exception Decode(ReadOnlyMemory<byte> body) => Codec.Get<Exception>().Decode(body);
}
