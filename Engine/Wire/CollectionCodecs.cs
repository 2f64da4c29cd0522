using System.Runtime.InteropServices;

namespace CoffeePayment.Engine.Wire;

/// <summary>Encodes collections that can be changed, and so can contain themselves.</summary>
internal abstract class CollectionCodec<T> : ReferenceCodec<T>
{
    /// <summary>No collection is made larger than this before its elements are there.</summary>
    protected const int MaxCapacityAhead = 1024;

    protected CollectionCodec() => KeepsIdentity = true;

    protected static int Capacity(int count) => Math.Min(count, MaxCapacityAhead);

    protected static void Require(bool isNew)
    {
        if (!isNew) throw new WireFormatException($"A {typeof(T)} has an element twice.");
    }
}

internal sealed class ByteArrayCodec : CollectionCodec<byte[]>
{
    protected override void WriteNew(WireWriter writer, byte[] value) => writer.WriteBytes(value);

    protected override byte[] ReadNew(WireReader reader, int offset)
    {
        var value = reader.ReadBytes(out _).ToArray();
        reader.Define(offset, value);
        return value;
    }
}

internal sealed class ArrayCodec<T> : CollectionCodec<T[]>
{
    private readonly Codec<T> _element = Get<T>();

    protected override void WriteNew(WireWriter writer, T[] value)
    {
        writer.WriteUnsigned((ulong)value.Length);
        foreach (var element in value) _element.Write(writer, element);
    }

    protected override T[] ReadNew(WireReader reader, int offset)
    {
        var value = new T[reader.ReadCount()];
        reader.Define(offset, value);
        foreach (ref var element in value.AsSpan()) element = _element.Read(reader);
        return value;
    }
}

internal sealed class ListCodec<T> : CollectionCodec<List<T>>
{
    private readonly Codec<T> _element = Get<T>();

    protected override void WriteNew(WireWriter writer, List<T> value)
    {
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var element in CollectionsMarshal.AsSpan(value)) _element.Write(writer, element);
    }

    protected override List<T> ReadNew(WireReader reader, int offset)
    {
        var count = reader.ReadCount();
        var value = new List<T>(Capacity(count));
        reader.Define(offset, value);
        for (; count > 0; count--) value.Add(_element.Read(reader));
        return value;
    }
}

internal sealed class DictionaryCodec<TKey, TValue> : CollectionCodec<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    private readonly Codec<TKey> _key = Get<TKey>();
    private readonly Codec<TValue> _value = Get<TValue>();

    protected override void WriteNew(WireWriter writer, Dictionary<TKey, TValue> value)
    {
        Comparers.Write(writer, value.Comparer);
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var (key, one) in value)
        {
            _key.Write(writer, key);
            _value.Write(writer, one);
        }
    }

    protected override Dictionary<TKey, TValue> ReadNew(WireReader reader, int offset)
    {
        var comparer = Comparers.ReadEquality<TKey>(reader);
        var count = reader.ReadCount();
        var value = new Dictionary<TKey, TValue>(Capacity(count), comparer);
        reader.Define(offset, value);
        for (; count > 0; count--) Require(value.TryAdd(_key.Read(reader), _value.Read(reader)));
        return value;
    }
}

internal sealed class HashSetCodec<T> : CollectionCodec<HashSet<T>>
{
    private readonly Codec<T> _element = Get<T>();

    protected override void WriteNew(WireWriter writer, HashSet<T> value)
    {
        Comparers.Write(writer, value.Comparer);
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var element in value) _element.Write(writer, element);
    }

    protected override HashSet<T> ReadNew(WireReader reader, int offset)
    {
        var comparer = Comparers.ReadEquality<T>(reader);
        var count = reader.ReadCount();
        var value = new HashSet<T>(Capacity(count), comparer);
        reader.Define(offset, value);
        for (; count > 0; count--) Require(value.Add(_element.Read(reader)));
        return value;
    }
}

internal sealed class QueueCodec<T> : CollectionCodec<Queue<T>>
{
    private readonly Codec<T> _element = Get<T>();

    protected override void WriteNew(WireWriter writer, Queue<T> value)
    {
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var element in value) _element.Write(writer, element);
    }

    protected override Queue<T> ReadNew(WireReader reader, int offset)
    {
        var count = reader.ReadCount();
        var value = new Queue<T>(Capacity(count));
        reader.Define(offset, value);
        for (; count > 0; count--) value.Enqueue(_element.Read(reader));
        return value;
    }
}
