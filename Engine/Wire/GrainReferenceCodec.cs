using System.Collections.Concurrent;
using CoffeePayment.Engine.Calls;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// References to grains, as id and interface; whoever reads one gets a reference whose calls are his own. Grains
/// themselves never travel.
/// </summary>
internal sealed class GrainReferenceCodec<T> : Codec<T>
{
    public override void Write(WireWriter writer, T value)
    {
        if (value is null)
        {
            writer.WriteByte(ValueMark.Null);
            return;
        }

        var reference = value as GrainReference ?? throw new ArgumentException(
            $"A {value.GetType()} cannot cross a grain call itself; pass what its AsReference method returns.",
            nameof(value));
        writer.WriteByte(ValueMark.Plain);
        LeafFormats.Write(writer, reference.GrainId);
        writer.WriteString(TypeNames.Of(GrainInterfaces.Of(reference)));
    }

    public override T Read(WireReader reader)
    {
        switch (reader.ReadByte())
        {
            case ValueMark.Null:
                return default!;
            case ValueMark.Plain:
                var grainId = LeafFormats.ReadGrainId(reader);
                var factory = reader.GrainFactory
                    ?? throw new WireFormatException($"A reference to {grainId} has no place here.");
                return Bind(factory, grainId, TypeNames.TryFind(reader.ReadName()));
            default:
                throw new WireFormatException($"No reference to a grain begins so (before byte {reader.Position}).");
        }
    }

    // An interface that is not known here may be a later one than that which is declared.
    private static T Bind(GrainFactory factory, GrainId grainId, Type? interfaceType)
    {
        if (interfaceType is null || !interfaceType.IsAssignableTo(typeof(T))) interfaceType = typeof(T);
        if (interfaceType == typeof(GrainReference)) interfaceType = typeof(IAddressable);
        return (T)(interfaceType == typeof(IAddressable)
            ? factory.GetGrain(grainId)
            : factory.Reference(grainId, interfaceType));
    }
}

/// <summary>Which interface a reference was made for.</summary>
internal static class GrainInterfaces
{
    private static readonly ConcurrentDictionary<Type, Type> Interfaces = new();

    /// <summary><see cref="IAddressable"/> where there is none.</summary>
    public static Type Of(GrainReference reference) => Interfaces.GetOrAdd(reference.GetType(), static proxy =>
    {
        var all = Array.FindAll(proxy.GetInterfaces(), one => one.IsAssignableTo(typeof(IAddressable)));
        return all.First(one => Array.TrueForAll(all, other => one.IsAssignableTo(other)));
    });
}
