using System.Collections.Concurrent;
using Orleans.Serialization;

namespace CoffeePayment.Engine.Types;

/// <summary>Deep copies, so that caller and callee never share what one of them could change.</summary>
internal abstract class Copier
{
    private static readonly ConcurrentDictionary<Type, Copier> Copiers = new();

    /// <summary>Values of the type cannot change: a copy would be for nothing.</summary>
    public bool IsImmutable { get; protected init; }

    /// <exception cref="CodecNotFoundException">
    /// The type is not known and not marked with [GenerateSerializer].
    /// </exception>
    public static Copier<T> Get<T>() => (Copier<T>)Get(typeof(T));

    public static Copier<T>? TryGet<T>()
    {
        try
        {
            return Get<T>();
        }
        catch (CodecNotFoundException)
        {
            return null;
        }
    }

    public static Copier Get(Type type) =>
        Copiers.TryGetValue(type, out var copier) ? copier : Copiers.GetOrAdd(type, CopierFactory.Create);

    public abstract object? CopyObject(object? value, CopyContext context);
}

/// <summary>Copies values declared as one type.</summary>
internal abstract class Copier<T> : Copier
{
    public T Copy(T value) => IsImmutable ? value : CopyWithContext(value);

    public abstract T Copy(T value, CopyContext context);

    public sealed override object? CopyObject(object? value, CopyContext context) => Copy((T)value!, context);

    private T CopyWithContext(T value)
    {
        var context = CopyContext.Rent();
        try
        {
            return Copy(value, context);
        }
        finally
        {
            context.Return();
        }
    }
}
