using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq.Expressions;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Types;

/// <summary>
/// What the engine knows about a type whose values cross calls: whether they can change, and which members travel.
/// </summary>
internal static class TypeModel
{
    private static readonly ConcurrentDictionary<Type, bool> Immutables = new(new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly),
        typeof(TimeOnly),
        typeof(Guid), typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Uri), typeof(Version),
        typeof(CultureInfo), typeof(IPAddress), typeof(IPEndPoint), typeof(CancellationToken), typeof(TimeZoneInfo),
        typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(SiloAddress), typeof(ValueTuple),
        typeof(Calls.Nothing),
    }.Select(type => KeyValuePair.Create(type, true)));

    private static readonly HashSet<Type> ImmutableCollections =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>),
        typeof(ImmutableHashSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
    ];

    /// <summary>No value declared as this type can change, nor anything within it.</summary>
    public static bool IsImmutable(Type type) => Immutables.GetOrAdd(type, static type => IsImmutable(type, []));

    /// <summary>The same for values which are of exactly this type.</summary>
    public static bool IsExactlyImmutable(Type type) => IsImmutable(type) || HasReadOnlyMembers(type, [type]);

    public static bool HasMembers(Type type) =>
        IsTuple(type) || type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>
    /// The members that travel: those of the base types first, each type's in the order of their ids.
    /// </summary>
    public static List<MemberModel> MembersOf(Type type)
    {
        if (IsTuple(type)) return [.. Fields(type).Select((field, i) => new MemberModel(field, (uint)i, section: 0))];

        var members = new List<MemberModel>();
        var section = 0;
        foreach (var level in Levels(type).Reverse())
        {
            if (level.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not { } attribute) continue;
            var (markedSection, positionalSection) = (section++, section++);
            var declared = level.GetMembers(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly);
            var marked = declared.Where(member => member is FieldInfo or PropertyInfo)
                .Select(member => (Member: member, member.GetCustomAttribute<IdAttribute>()?.Id))
                .Where(pair => pair.Id is not null)
                .OrderBy(pair => pair.Id)
                .Select(pair => new MemberModel(pair.Member, pair.Id!.Value, markedSection));
            var positional = attribute.IncludePrimaryConstructorParameters ? PositionalProperties(level) : [];
            members.AddRange(positional.Where(property => !property.IsDefined(typeof(IdAttribute)))
                .Select((property, i) => new MemberModel(property, (uint)i, positionalSection)).Concat(marked));
        }

        return members;
    }

    /// <summary>A new value of the type, made without its constructor if that has parameters.</summary>
    public static Expression New(Type type)
    {
        if (type.IsValueType) return Expression.Default(type);
        if (type.GetConstructor(Type.EmptyTypes) is { } constructor) return Expression.New(constructor);
        Func<Type, object> create = RuntimeHelpers.GetUninitializedObject;
        return Expression.Convert(Expression.Call(create.Method, Expression.Constant(type)), type);
    }

    public static bool IsTuple(Type type) => type.IsGenericType && (type.IsAssignableTo(typeof(ITuple))
        || type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    private static bool IsImmutable(Type type, HashSet<Type> visiting)
    {
        if (Immutables.TryGetValue(type, out var known)) return known;
        if (type.IsPrimitive || type.IsEnum || type.IsDefined(typeof(ImmutableAttribute), inherit: false)) return true;
        if (type.IsAssignableTo(typeof(Type)) || type.IsAssignableTo(typeof(Exception))) return true;
        if (type.IsGenericType)
        {
            var open = type.GetGenericTypeDefinition();
            if (open == typeof(Immutable<>)) return true;
            if (open == typeof(Nullable<>) || ImmutableCollections.Contains(open))
                return type.GetGenericArguments().All(argument => IsImmutable(argument, visiting));
        }

        // A type within itself is as immutable as the rest of it.
        return type is { IsSealed: true } or { IsValueType: true }
            && (visiting.Contains(type) || HasReadOnlyMembers(type, [.. visiting, type]));
    }

    // Every field travels, is read-only (or a copy anyway, in a tuple), and cannot change inside.
    private static bool HasReadOnlyMembers(Type type, HashSet<Type> visiting)
    {
        if (!HasMembers(type)) return false;
        var fields = Fields(type).ToList();
        return fields.TrueForAll(
            field => (field.IsInitOnly || type.IsValueType) && IsImmutable(field.FieldType, visiting))
            && (IsTuple(type) || MembersOf(type).Count == fields.Count);
    }

    private static IEnumerable<Type> Levels(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType) yield return level;
    }

    private static IEnumerable<FieldInfo> Fields(Type type) => Levels(type).SelectMany(level => level.GetFields(
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));

    // The properties that a record's primary constructor declares.
    private static IEnumerable<PropertyInfo> PositionalProperties(Type type)
    {
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly;
        if (type.GetMethod("PrintMembers", own) is null) return [];
        return type.GetConstructors(own)
            .Select(constructor => constructor.GetParameters().Select(p => type.GetProperty(p.Name!, own)).ToList())
            .Where(properties => properties.TrueForAll(property => property is not null))
            .MaxBy(properties => properties.Count)?.OfType<PropertyInfo>() ?? [];
    }
}
