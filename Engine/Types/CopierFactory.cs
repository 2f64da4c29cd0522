using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization;

namespace CoffeePayment.Engine.Types;

/// <summary>Which copier a type gets.</summary>
internal static class CopierFactory
{
    private static readonly Dictionary<Type, Type> GenericCopiers = new()
    {
        [typeof(List<>)] = typeof(ListCopier<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryCopier<,>),
        [typeof(HashSet<>)] = typeof(HashSetCopier<>),
        [typeof(Queue<>)] = typeof(QueueCopier<>),
        [typeof(Nullable<>)] = typeof(NullableCopier<>),
    };

    public static Copier Create(Type type)
    {
        if (TypeModel.IsImmutable(type)) return Make(typeof(ImmutableCopier<>), type);
        if (type.IsAssignableTo(typeof(IAddressable))) return Make(typeof(ReferenceCopier<>), type);
        if (type.IsSZArray) return Make(typeof(ArrayCopier<>), type.GetElementType()!);
        if (type.IsGenericType && GenericCopiers.TryGetValue(type.GetGenericTypeDefinition(), out var copier))
            return Make(copier, type.GetGenericArguments());
        if (TypeModel.HasMembers(type) && !type.IsAbstract) return Make(typeof(MemberCopier<>), type);
        if (type.IsInterface || type.IsAbstract || type == typeof(object)) return Make(typeof(DynamicCopier<>), type);
        throw new CodecNotFoundException(
            $"Could not find a copier for type {type}. "
            + "Mark it with [GenerateSerializer] and its members with [Id] if it may cross grain calls.");
    }

    private static Copier Make(Type copier, params Type[] arguments)
    {
        try
        {
            return (Copier)Activator.CreateInstance(copier.MakeGenericType(arguments))!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is CodecNotFoundException unknown)
        {
            throw new CodecNotFoundException(unknown.Message);
        }
    }
}
