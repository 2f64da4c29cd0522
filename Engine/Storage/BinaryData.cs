namespace System;

/// <summary>
/// Bytes, as serializers of grain states exchange them. The official packages bring this type with System.Memory.Data;
/// not every feed that lacks them has that one.
/// </summary>
public class BinaryData
{
    private readonly ReadOnlyMemory<byte> _bytes;

    public BinaryData(byte[] data) => _bytes = data;

    public BinaryData(ReadOnlyMemory<byte> data) => _bytes = data;

    public static implicit operator ReadOnlyMemory<byte>(BinaryData? data) => data is null ? default : data._bytes;

    public static BinaryData FromBytes(byte[] data) => new(data);

    public static BinaryData FromBytes(ReadOnlyMemory<byte> data) => new(data);

    public ReadOnlyMemory<byte> ToMemory() => _bytes;

    public byte[] ToArray() => _bytes.ToArray();
}
