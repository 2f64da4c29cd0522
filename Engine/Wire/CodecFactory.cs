using System.Collections.Immutable;
using System.Reflection;
using CoffeePayment.Engine.Types;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization;

namespace CoffeePayment.Engine.Wire;

/// <summary>Which codec a type gets.</summary>
internal static class CodecFactory
{
    public static Dictionary<Type, Type> GenericCodecs { get; } = new()
    {
        [typeof(List<>)] = typeof(ListCodec<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCodec<,>),
        [typeof(HashSet<>)] = typeof(HashSetCodec<>),
        [typeof(Queue<>)] = typeof(QueueCodec<>),
        [typeof(Nullable<>)] = typeof(NullableCodec<>),
        [typeof(Immutable<>)] = typeof(ImmutableWrapperCodec<>),
        [typeof(ImmutableArray<>)] = typeof(ImmutableArrayCodec<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListCodec<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableHashSetCodec<>),
        [typeof(ImmutableQueue<>)] = typeof(ImmutableQueueCodec<>),
        [typeof(ImmutableStack<>)] = typeof(ImmutableStackCodec<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryCodec<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryCodec<,>),
    };

    public static Codec Create(Type type)
    {
        if (Leaves.Codecs.TryGetValue(type, out var leaf)) return leaf;
        if (type.IsEnum) return Make(typeof(EnumCodec<>), type);
        if (type.IsAssignableTo(typeof(IAddressable))) return Make(typeof(GrainReferenceCodec<>), type);
        if (type.IsAssignableTo(typeof(Exception))) return Make(typeof(ExceptionCodec<>), type);
        if (type == typeof(byte[])) return new ByteArrayCodec();
        if (type.IsSZArray) return Make(typeof(ArrayCodec<>), type.GetElementType()!);
        if (type.IsGenericType && GenericCodecs.TryGetValue(type.GetGenericTypeDefinition(), out var codec))
            return Make(codec, type.GetGenericArguments());
        if (TypeModel.HasMembers(type) && !type.IsAbstract)
            return Make(type.IsValueType ? typeof(StructCodec<>) : typeof(ClassCodec<>), type);
        if (type.IsInterface || type.IsAbstract || type == typeof(object)) return Make(typeof(DynamicCodec<>), type);
        throw new CodecNotFoundException(
            $"Could not find a codec for type {type}. "
            + "Mark it with [GenerateSerializer] and its members with [Id] if it may cross grain calls.");
    }

    private static Codec Make(Type codec, params Type[] arguments)
    {
        try
        {
            return (Codec)Activator.CreateInstance(codec.MakeGenericType(arguments))!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is CodecNotFoundException unknown)
        {
            throw new CodecNotFoundException(unknown.Message);
        }
    }
}
