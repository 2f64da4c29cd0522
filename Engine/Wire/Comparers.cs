using Orleans.Serialization;

namespace CoffeePayment.Engine.Wire;

/// <summary>By what a dictionary or set compares. Only what every silo has can be named.</summary>
internal static class Comparers
{
    private const byte Default = 0;

    // The place in the list, and one, is what is written.
    private static readonly StringComparer[] Known =
    [
        StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase,
        StringComparer.InvariantCulture, StringComparer.InvariantCultureIgnoreCase,
    ];

    public static void Write<T>(WireWriter writer, IEqualityComparer<T> comparer) =>
        writer.WriteByte(ReferenceEquals(comparer, EqualityComparer<T>.Default) ? Default : Number(comparer));

    public static void Write<T>(WireWriter writer, IComparer<T> comparer) =>
        writer.WriteByte(ReferenceEquals(comparer, Comparer<T>.Default) ? Default : Number(comparer));

    public static IEqualityComparer<T>? ReadEquality<T>(WireReader reader) => (IEqualityComparer<T>?)Read<T>(reader);

    public static IComparer<T>? ReadOrder<T>(WireReader reader) => (IComparer<T>?)Read<T>(reader);

    private static byte Number(object comparer) =>
        Array.FindIndex(Known, known => known.Equals(comparer)) is var at and >= 0
            ? (byte)(at + 1)
            : throw new CodecNotFoundException(
                $"A collection that compares by {comparer.GetType()} cannot cross a grain call.");

    private static object? Read<T>(WireReader reader)
    {
        var number = reader.ReadByte();
        if (number == Default) return null;
        return typeof(T) == typeof(string) && number <= Known.Length
            ? Known[number - 1]
            : throw new WireFormatException($"There is no comparer {number} of {typeof(T)}.");
    }
}
