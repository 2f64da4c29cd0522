using Orleans.Runtime;

namespace CoffeePayment.Engine.Types;

internal sealed class ImmutableCopier<T> : Copier<T>
{
    public ImmutableCopier() => IsImmutable = true;

    public override T Copy(T value, CopyContext context) => value;
}

/// <summary>Copies by what the value is, where its declaration says nothing.</summary>
internal sealed class DynamicCopier<T> : Copier<T>
{
    public override T Copy(T value, CopyContext context)
    {
        if (value is null) return value;
        var type = value.GetType();
        return type == typeof(object) ? value : (T)Get(type).CopyObject(value, context)!;
    }
}

/// <summary>References to grains go as they are; grains themselves never.</summary>
internal sealed class ReferenceCopier<T> : Copier<T>
{
    public override T Copy(T value, CopyContext context) => value is null or GrainReference
        ? value
        : throw new ArgumentException(
            $"A {value.GetType()} cannot cross a grain call itself; pass what its AsReference method returns.",
            nameof(value));
}

internal sealed class NullableCopier<T> : Copier<T?>
    where T : struct
{
    private readonly Copier<T> _value = Get<T>();

    public override T? Copy(T? value, CopyContext context) => value is null ? null : _value.Copy(value.Value, context);
}

/// <summary>Copies objects of exactly one type, once each.</summary>
internal abstract class ObjectCopier<T> : Copier<T>
    where T : class
{
    public sealed override T Copy(T value, CopyContext context)
    {
        if (value is null) return null!;
        if (value.GetType() != typeof(T)) return (T)Get(value.GetType()).CopyObject(value, context)!;
        return context.TryGet<T>(value, out var known) ? known : CopyNew(value, context);
    }

    protected abstract T CopyNew(T value, CopyContext context);
}

internal sealed class ArrayCopier<T> : ObjectCopier<T[]>
{
    private readonly Copier<T> _element = Get<T>();

    protected override T[] CopyNew(T[] value, CopyContext context)
    {
        var copy = (T[])value.Clone();
        context.Add(value, copy);
        if (!_element.IsImmutable)
        {
            for (var i = 0; i < copy.Length; i++) copy[i] = _element.Copy(copy[i], context);
        }

        return copy;
    }
}

internal sealed class ListCopier<T> : ObjectCopier<List<T>>
{
    private readonly Copier<T> _element = Get<T>();

    protected override List<T> CopyNew(List<T> value, CopyContext context)
    {
        var copy = new List<T>(value.Count);
        context.Add(value, copy);
        if (_element.IsImmutable) copy.AddRange(value);
        else foreach (var element in value) copy.Add(_element.Copy(element, context));
        return copy;
    }
}

internal sealed class DictionaryCopier<TKey, TValue> : ObjectCopier<Dictionary<TKey, TValue>>
    where TKey : notnull
{
    private readonly Copier<TKey> _key = Get<TKey>();
    private readonly Copier<TValue> _value = Get<TValue>();

    protected override Dictionary<TKey, TValue> CopyNew(Dictionary<TKey, TValue> value, CopyContext context)
    {
        var copy = new Dictionary<TKey, TValue>(value.Count, value.Comparer);
        context.Add(value, copy);
        foreach (var (key, one) in value) copy.Add(_key.Copy(key, context), _value.Copy(one, context));
        return copy;
    }
}

internal sealed class HashSetCopier<T> : ObjectCopier<HashSet<T>>
{
    private readonly Copier<T> _element = Get<T>();

    protected override HashSet<T> CopyNew(HashSet<T> value, CopyContext context)
    {
        var copy = new HashSet<T>(value.Count, value.Comparer);
        context.Add(value, copy);
        foreach (var element in value) copy.Add(_element.Copy(element, context));
        return copy;
    }
}

internal sealed class QueueCopier<T> : ObjectCopier<Queue<T>>
{
    private readonly Copier<T> _element = Get<T>();

    protected override Queue<T> CopyNew(Queue<T> value, CopyContext context)
    {
        var copy = new Queue<T>(value.Count);
        context.Add(value, copy);
        foreach (var element in value) copy.Enqueue(_element.Copy(element, context));
        return copy;
    }
}
