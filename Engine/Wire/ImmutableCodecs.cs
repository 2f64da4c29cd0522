using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans.Concurrency;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// Encodes collections that never change: they are made when their elements are there, so nothing within one refers to
/// it, and one met twice is written twice.
/// </summary>
internal abstract class FixedCollectionCodec<T, TElement> : ReferenceCodec<T>
    where T : IReadOnlyCollection<TElement>
{
    private readonly Codec<TElement> _element = Get<TElement>();

    protected override void WriteNew(WireWriter writer, T value)
    {
        writer.WriteUnsigned((ulong)value.Count);
        foreach (var element in value) _element.Write(writer, element);
    }

    protected override T ReadNew(WireReader reader, int offset) => Make(ReadElements(reader));

    protected abstract T Make(TElement[] elements);

    protected TElement[] ReadElements(WireReader reader)
    {
        var elements = new TElement[reader.ReadCount()];
        foreach (ref var element in elements.AsSpan()) element = _element.Read(reader);
        return elements;
    }
}

internal sealed class ImmutableListCodec<T> : FixedCollectionCodec<ImmutableList<T>, T>
{
    protected override ImmutableList<T> Make(T[] elements) => [.. elements];
}

internal sealed class ImmutableHashSetCodec<T> : FixedCollectionCodec<ImmutableHashSet<T>, T>
{
    protected override void WriteNew(WireWriter writer, ImmutableHashSet<T> value)
    {
        Comparers.Write(writer, value.KeyComparer);
        base.WriteNew(writer, value);
    }

    protected override ImmutableHashSet<T> ReadNew(WireReader reader, int offset)
    {
        var comparer = Comparers.ReadEquality<T>(reader);
        return Make(ReadElements(reader)).WithComparer(comparer);
    }

    protected override ImmutableHashSet<T> Make(T[] elements) => [.. elements];
}

internal sealed class ImmutableDictionaryCodec<TKey, TValue>
    : FixedCollectionCodec<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected override void WriteNew(WireWriter writer, ImmutableDictionary<TKey, TValue> value)
    {
        Comparers.Write(writer, value.KeyComparer);
        base.WriteNew(writer, value);
    }

    protected override ImmutableDictionary<TKey, TValue> ReadNew(WireReader reader, int offset)
    {
        var comparer = Comparers.ReadEquality<TKey>(reader);
        return ReadElements(reader).ToImmutableDictionary(comparer);
    }

    protected override ImmutableDictionary<TKey, TValue> Make(KeyValuePair<TKey, TValue>[] elements) =>
        elements.ToImmutableDictionary();
}

internal sealed class ImmutableSortedDictionaryCodec<TKey, TValue>
    : FixedCollectionCodec<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>>
    where TKey : notnull
{
    protected override void WriteNew(WireWriter writer, ImmutableSortedDictionary<TKey, TValue> value)
    {
        Comparers.Write(writer, value.KeyComparer);
        base.WriteNew(writer, value);
    }

    protected override ImmutableSortedDictionary<TKey, TValue> ReadNew(WireReader reader, int offset)
    {
        var comparer = Comparers.ReadOrder<TKey>(reader);
        return ReadElements(reader).ToImmutableSortedDictionary(comparer);
    }

    protected override ImmutableSortedDictionary<TKey, TValue> Make(KeyValuePair<TKey, TValue>[] elements) =>
        elements.ToImmutableSortedDictionary();
}

/// <summary>Queues and stacks, which do not know how long they are.</summary>
internal abstract class ImmutableSequenceCodec<T, TElement> : ReferenceCodec<T>
    where T : IEnumerable<TElement>
{
    private readonly Codec<TElement[]> _elements = Get<TElement[]>();

    protected sealed override void WriteNew(WireWriter writer, T value) => _elements.Write(writer, [.. value]);

    protected sealed override T ReadNew(WireReader reader, int offset) => Make(_elements.Read(reader) ?? []);

    protected abstract T Make(TElement[] elements);
}

internal sealed class ImmutableQueueCodec<T> : ImmutableSequenceCodec<ImmutableQueue<T>, T>
{
    protected override ImmutableQueue<T> Make(T[] elements) => [.. elements];
}

internal sealed class ImmutableStackCodec<T> : ImmutableSequenceCodec<ImmutableStack<T>, T>
{
    // The last one pushed comes first.
    protected override ImmutableStack<T> Make(T[] elements)
    {
        var stack = ImmutableStack<T>.Empty;
        for (var i = elements.Length - 1; i >= 0; i--) stack = stack.Push(elements[i]);
        return stack;
    }
}

internal sealed class ImmutableArrayCodec<T> : Codec<ImmutableArray<T>>
{
    private readonly Codec<T[]> _elements = Get<T[]>();

    public override void Write(WireWriter writer, ImmutableArray<T> value) =>
        _elements.Write(writer, ImmutableCollectionsMarshal.AsArray(value)!);

    public override ImmutableArray<T> Read(WireReader reader) =>
        ImmutableCollectionsMarshal.AsImmutableArray(_elements.Read(reader));
}

/// <summary>What is wrapped only so that it is not copied.</summary>
internal sealed class ImmutableWrapperCodec<T> : Codec<Immutable<T>>
{
    private readonly Codec<T> _value = Get<T>();

    public override void Write(WireWriter writer, Immutable<T> value) => _value.Write(writer, value.Value);

    public override Immutable<T> Read(WireReader reader) => new(_value.Read(reader));
}
