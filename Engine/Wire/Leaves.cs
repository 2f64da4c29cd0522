using System.Globalization;
using System.Net;
using System.Numerics;
using CoffeePayment.Engine.Calls;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>The types that hold no others: how their values are written.</summary>
internal static class Leaves
{
    // One of them derived from another is written as that.
    private static readonly Type[] OpenTypes =
        [typeof(Uri), typeof(IPAddress), typeof(IPEndPoint), typeof(CultureInfo), typeof(Type)];

    public static Dictionary<Type, Codec> Codecs { get; } = new(
    [
        Unsigned<bool>(value => value ? 1ul : 0, value => checked((byte)value) switch
        {
            0 => false,
            1 => true,
            var other => throw new WireFormatException($"{other} is no Boolean."),
        }),
        Unsigned<byte>(value => value, value => checked((byte)value)),
        Unsigned<ushort>(value => value, value => checked((ushort)value)),
        Unsigned<uint>(value => value, value => checked((uint)value)),
        Unsigned<ulong>(value => value, value => value),
        Unsigned<nuint>(value => value, value => checked((nuint)value)),
        Unsigned<char>(value => value, value => checked((char)value)),
        Signed<sbyte>(value => value, value => checked((sbyte)value)),
        Signed<short>(value => value, value => checked((short)value)),
        Signed<int>(value => value, value => checked((int)value)),
        Signed<long>(value => value, value => value),
        Signed<nint>(value => value, value => checked((nint)value)),
        Signed<TimeSpan>(value => value.Ticks, value => new TimeSpan(value)),
        Signed<TimeOnly>(value => value.Ticks, value => new TimeOnly(value)),
        Signed<DateOnly>(value => value.DayNumber, value => DateOnly.FromDayNumber(checked((int)value))),
        Unsigned<Half>(
            value => BitConverter.HalfToUInt16Bits(value),
            value => BitConverter.UInt16BitsToHalf(checked((ushort)value))),
        Leaf<float>(
            WireKind.Fixed32,
            (writer, value) => writer.WriteFixed32(BitConverter.SingleToUInt32Bits(value)),
            reader => BitConverter.UInt32BitsToSingle(reader.ReadFixed32())),
        Leaf<double>(
            WireKind.Fixed64,
            (writer, value) => writer.WriteFixed64(BitConverter.DoubleToUInt64Bits(value)),
            reader => BitConverter.UInt64BitsToDouble(reader.ReadFixed64())),
        Leaf<UInt128>(
            WireKind.Fixed128, (writer, value) => writer.WriteFixed128(value), reader => reader.ReadFixed128()),
        Leaf<Int128>(
            WireKind.Fixed128,
            (writer, value) => writer.WriteFixed128(unchecked((UInt128)value)),
            reader => unchecked((Int128)reader.ReadFixed128())),
        Leaf<Guid>(
            WireKind.Fixed128,
            (writer, value) => value.TryWriteBytes(writer.Take(16)),
            reader => new Guid(reader.Take(16))),
        Leaf<BigInteger>(
            WireKind.Bytes,
            (writer, value) => writer.WriteBytes(value.ToByteArray()),
            reader => new BigInteger(reader.ReadBytes(out _))),
        Leaf<decimal>(WireKind.Fixed128, LeafFormats.Write, LeafFormats.ReadDecimal),
        Leaf<DateTime>(WireKind.Fixed64, LeafFormats.Write, LeafFormats.ReadDateTime),
        Leaf<DateTimeOffset>(WireKind.Bytes, LeafFormats.Write, LeafFormats.ReadDateTimeOffset),
        Leaf<IdSpan>(WireKind.Bytes, LeafFormats.Write, LeafFormats.ReadIdSpan),
        Leaf<GrainType>(
            WireKind.Bytes,
            (writer, value) => LeafFormats.Write(writer, value.Value),
            reader => new GrainType(LeafFormats.ReadIdSpan(reader))),
        Leaf<GrainId>(WireKind.Sized, LeafFormats.Write, LeafFormats.ReadGrainId),
        Empty<Nothing>(),
        Empty<ValueTuple>(),

        // Tokens travel beside the arguments; one within a value means nothing on the other side.
        Empty<CancellationToken>(),
        KeyValuePair.Create<Type, Codec>(typeof(string), new StringCodec()),
        Text<Uri>(value => value.OriginalString, text => new Uri(text, UriKind.RelativeOrAbsolute)),
        Text<Version>(value => value.ToString(), Version.Parse),
        Text<CultureInfo>(value => value.Name, CultureInfo.GetCultureInfo),
        Text<TimeZoneInfo>(value => value.ToSerializedString(), TimeZoneInfo.FromSerializedString),
        Object<Type>((writer, value) => writer.WriteType(value), reader => reader.ReadType()),
        Object<IPAddress>(LeafFormats.Write, LeafFormats.ReadAddress),
        Object<IPEndPoint>(LeafFormats.Write, LeafFormats.ReadEndpoint),
        Object<SiloAddress>(LeafFormats.Write, LeafFormats.ReadSiloAddress),
    ]);

    /// <summary>The type as which values of this one are written, if that is not itself.</summary>
    public static Type? BaseOf(Type type) => Array.Find(OpenTypes, open => type != open && type.IsAssignableTo(open));

    private static KeyValuePair<Type, Codec> Leaf<T>(
        WireKind kind, Action<WireWriter, T> write, Func<WireReader, T> read)
        where T : struct => new(typeof(T), new LeafCodec<T>(kind, write, read));

    private static KeyValuePair<Type, Codec> Unsigned<T>(Func<T, ulong> write, Func<ulong, T> read)
        where T : struct =>
        Leaf(WireKind.Varint,
            (writer, value) => writer.WriteUnsigned(write(value)), reader => read(reader.ReadUnsigned()));

    private static KeyValuePair<Type, Codec> Signed<T>(Func<T, long> write, Func<long, T> read)
        where T : struct =>
        Leaf(WireKind.Varint,
            (writer, value) => writer.WriteSigned(write(value)), reader => read(reader.ReadSigned()));

    // A byte nevertheless, so that a number of them is bounded by what is left of a message.
    private static KeyValuePair<Type, Codec> Empty<T>()
        where T : struct => Unsigned<T>(_ => 0, _ => default);

    private static KeyValuePair<Type, Codec> Object<T>(Action<WireWriter, T> write, Func<WireReader, T> read)
        where T : class => new(typeof(T), new LeafObjectCodec<T>(write, read));

    private static KeyValuePair<Type, Codec> Text<T>(Func<T, string> write, Func<string, T> read)
        where T : class => Object<T>(
            (writer, value) => writer.WriteString(write(value)),
            reader => read(reader.ReadString() ?? throw new WireFormatException($"A {typeof(T)} has no text.")));
}
