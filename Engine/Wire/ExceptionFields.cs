using System.Runtime.CompilerServices;

namespace CoffeePayment.Engine.Wire;

/// <summary>The fields of exceptions that only their constructors can set.</summary>
internal static class ExceptionFields
{
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    public static extern ref string? Message(Exception exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    public static extern ref Exception? Inner(Exception exception);
}
