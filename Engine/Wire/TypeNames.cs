using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CoffeePayment.Engine.Types;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// Types by name: the alias, or the full name and the assembly's; arguments follow in angle brackets, arrays end in
/// <c>[]</c>. No type is found that may not cross calls, whatever name arrives.
/// </summary>
internal static class TypeNames
{
    /// <summary>Longer names are not read, in characters and bytes.</summary>
    public const int MaxLength = 1024;

    private const string Reserved = "<>;[]";
    private const int MaxDepth = 8;

    // Arguments make any number of types out of few.
    private const int MaxFoundTypes = 10_000;

    private static readonly Dictionary<string, Type> KnownTypes = Leaves.Codecs.Keys
        .Concat(CodecFactory.GenericCodecs.Keys)
        .Concat(typeof(Tuple).Assembly.GetTypes().Where(type => type.IsPublic && type.IsGenericTypeDefinition
            && type.Namespace == "System" && type.IsAssignableTo(typeof(ITuple))))
        .Append(typeof(KeyValuePair<,>)).Append(typeof(object)).Append(typeof(Exception)).Append(typeof(IAddressable))
        .ToDictionary(type => type.FullName!, StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<Type, string> Names = new();
    private static readonly ConcurrentDictionary<Type, Type> WireTypes = new();
    private static readonly ConcurrentDictionary<string, Type> Types = new(StringComparer.Ordinal);
    private static TypeIndex _index = TypeIndex.Empty;

    /// <summary>As which type values of this one are written, where what it is exactly does not matter.</summary>
    public static Type WireType(Type type) => WireTypes.GetOrAdd(type, static type =>
        type.IsAssignableTo(typeof(IAddressable)) ? typeof(IAddressable)
        : type.IsAssignableTo(typeof(Exception)) ? typeof(Exception)
        : Leaves.BaseOf(type) ?? type);

    /// <exception cref="CodecNotFoundException">The type may not cross calls.</exception>
    public static string Of(Type type) => Names.GetOrAdd(type, static type =>
    {
        if (type.IsSZArray) return $"{Of(type.GetElementType()!)}[]";
        if (type is { IsGenericType: true, IsGenericTypeDefinition: false })
            return $"{Of(type.GetGenericTypeDefinition())}<{string.Join(';', type.GetGenericArguments().Select(Of))}>";
        if (!MayCross(type)) throw new CodecNotFoundException($"Values of type {type} may not cross grain calls.");
        var name = OwnName(type);
        return name.AsSpan().IndexOfAny(Reserved) < 0
            ? name
            : throw new CodecNotFoundException($"The name \"{name}\" of {type} has one of the characters {Reserved}.");
    });

    /// <exception cref="WireFormatException">
    /// There is no type of that name in this process, or it may not cross calls.
    /// </exception>
    public static Type Find(string name) => TryFind(name)
        ?? throw new WireFormatException($"No type \"{name}\" may cross grain calls here.");

    public static Type? TryFind(string name)
    {
        if (Types.TryGetValue(name, out var known)) return known;
        var rest = name.AsSpan();
        var type = name.Length <= MaxLength ? Parse(ref rest, 0) : null;
        if (type is null || rest.Length > 0) return null;
        if (Types.Count < MaxFoundTypes) Types[name] = type;
        return type;
    }

    /// <summary>The alias, or the full name and the assembly's, whether the type may cross calls or not.</summary>
    public static string OwnName(Type type) =>
        KnownTypes.TryGetValue(type.FullName!, out var known) && known == type ? type.FullName!
        : type.GetCustomAttributes(typeof(AliasAttribute), inherit: false) is [AliasAttribute alias, ..] ? alias.Alias
        : $"{type.FullName}, {type.Assembly.GetName().Name}";

    private static bool MayCross(Type type) => KnownTypes.ContainsValue(type) || TypeModel.HasMembers(type)
        || type.IsEnum || (type.IsInterface && type.IsAssignableTo(typeof(IAddressable)));

    private static Type? Parse(ref ReadOnlySpan<char> rest, int depth)
    {
        if (depth > MaxDepth) return null;
        var length = rest.IndexOfAny(Reserved) is var end and >= 0 ? end : rest.Length;
        var type = FindOne(rest[..length].ToString());
        rest = rest[length..];
        if (type is not null && type.IsGenericTypeDefinition) type = ParseArguments(type, ref rest, depth);
        for (; type is not null && rest.StartsWith("[]"); rest = rest[2..])
        {
            if (++depth > MaxDepth) return null;
            type = type.MakeArrayType();
        }

        return type;
    }

    private static Type? ParseArguments(Type open, ref ReadOnlySpan<char> rest, int depth)
    {
        var arguments = new Type[open.GetGenericArguments().Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (rest.IsEmpty || rest[0] != (i == 0 ? '<' : ';')) return null;
            rest = rest[1..];
            if (Parse(ref rest, depth + 1) is not { } argument) return null;
            arguments[i] = argument;
        }

        if (rest.IsEmpty || rest[0] != '>') return null;
        rest = rest[1..];
        try
        {
            return open.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            // The arguments are not what the type asks for.
            return null;
        }
    }

    private static Type? FindOne(string name)
    {
        if (KnownTypes.TryGetValue(name, out var known)) return known;
        var index = Volatile.Read(ref _index);
        if (index.TryFind(name, out var type)) return type;
        if (index.IsCurrent) return null;

        // Assemblies were loaded since it was made.
        index = TypeIndex.Create(MayCross);
        Volatile.Write(ref _index, index);
        return index.TryFind(name, out type) ? type : null;
    }
}
