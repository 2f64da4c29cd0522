namespace CoffeePayment.Engine.Wire;

/// <summary>
/// How a member's value is laid out, which is all that a reader has to know to skip a member that it does not know.
/// </summary>
internal enum WireKind : byte
{
    /// <summary>No value: the members end, or those of another section of the type begin.</summary>
    Section,

    /// <summary>Seven bits a byte, the lowest first; the highest bit says that more follow.</summary>
    Varint,

    Fixed32,

    Fixed64,

    Fixed128,

    /// <summary>A varint of the length and one, then as many bytes; a bare zero stands for null.</summary>
    Bytes,

    /// <summary>Four bytes of length, then as many bytes.</summary>
    Sized,

    Null,
}
