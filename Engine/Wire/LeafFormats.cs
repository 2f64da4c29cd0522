using System.Net;
using System.Net.Sockets;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>How values are written that need more than a line for it.</summary>
internal static class LeafFormats
{
    private const int KindShift = 62;
    private const ulong TicksMask = (1ul << KindShift) - 1;

    public static void Write(WireWriter writer, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        foreach (var part in parts) writer.WriteFixed32((uint)part);
    }

    public static decimal ReadDecimal(WireReader reader)
    {
        Span<int> parts = stackalloc int[4];
        foreach (ref var part in parts) part = (int)reader.ReadFixed32();
        return new decimal(parts);
    }

    public static void Write(WireWriter writer, DateTime value) =>
        writer.WriteFixed64((ulong)value.Ticks | ((ulong)value.Kind << KindShift));

    public static DateTime ReadDateTime(WireReader reader)
    {
        var value = reader.ReadFixed64();
        return new DateTime((long)(value & TicksMask), (DateTimeKind)(value >> KindShift));
    }

    /// <summary>Nearly all are UTC: their offset is left out.</summary>
    public static void Write(WireWriter writer, DateTimeOffset value)
    {
        var offsetMinutes = (short)value.TotalOffsetMinutes;
        writer.WriteByte((byte)(1 + sizeof(long) + (offsetMinutes == 0 ? 0 : sizeof(short))));
        writer.WriteFixed64((ulong)value.UtcTicks);
        if (offsetMinutes == 0) return;
        writer.WriteByte((byte)offsetMinutes);
        writer.WriteByte((byte)(offsetMinutes >> 8));
    }

    public static DateTimeOffset ReadDateTimeOffset(WireReader reader)
    {
        var length = reader.ReadByte() - 1;
        if (length is not (sizeof(long) or sizeof(long) + sizeof(short)))
            throw new WireFormatException($"No point in time is {length} bytes long (before byte {reader.Position}).");
        var utc = new DateTimeOffset((long)reader.ReadFixed64(), TimeSpan.Zero);
        return length == sizeof(long)
            ? utc
            : utc.ToOffset(TimeSpan.FromMinutes((short)(reader.ReadByte() | (reader.ReadByte() << 8))));
    }

    public static void Write(WireWriter writer, IdSpan value)
    {
        if (value.IsDefault) writer.WriteByte(0);
        else writer.WriteBytes(value.AsSpan());
    }

    public static IdSpan ReadIdSpan(WireReader reader)
    {
        var bytes = reader.ReadBytes(out _);
        return bytes.IsEmpty ? default : new IdSpan(bytes.ToArray());
    }

    public static void Write(WireWriter writer, GrainId value)
    {
        Write(writer, value.Type.Value);
        Write(writer, value.Key);
    }

    public static GrainId ReadGrainId(WireReader reader) => new(new GrainType(ReadIdSpan(reader)), ReadIdSpan(reader));

    public static void Write(WireWriter writer, IPAddress value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, out var length);
        writer.WriteBytes(bytes[..length]);
        if (value.AddressFamily == AddressFamily.InterNetworkV6) writer.WriteUnsigned((ulong)value.ScopeId);
    }

    public static IPAddress ReadAddress(WireReader reader)
    {
        var bytes = reader.ReadBytes(out _);
        return bytes.Length == 16 ? new IPAddress(bytes, (long)reader.ReadUnsigned()) : new IPAddress(bytes);
    }

    public static void Write(WireWriter writer, IPEndPoint value)
    {
        Write(writer, value.Address);
        writer.WriteUnsigned((ulong)value.Port);
    }

    public static IPEndPoint ReadEndpoint(WireReader reader) =>
        new(ReadAddress(reader), checked((int)reader.ReadUnsigned()));

    public static void Write(WireWriter writer, SiloAddress value)
    {
        Write(writer, value.Endpoint);
        writer.WriteSigned(value.Generation);
    }

    public static SiloAddress ReadSiloAddress(WireReader reader) =>
        SiloAddress.New(ReadEndpoint(reader), checked((int)reader.ReadSigned()));
}
