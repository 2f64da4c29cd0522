using CoffeePayment.Engine.Wire;

namespace CoffeePayment.Engine.Messaging;

/// <summary>Exceptions on their way to the caller.</summary>
internal static class Failures
{
    public static ReadOnlyMemory<byte> Encode(Exception exception) => Codec.Get<Exception>().Encode(exception);

    public static Exception Decode(ReadOnlyMemory<byte> body) => Codec.Get<Exception>().Decode(body);
}
