using System.Reflection;
using System.Runtime.CompilerServices;

namespace CoffeePayment.Tests.Contracts;

/// <summary>Every type that can be in a call's arguments or results, however deep.</summary>
internal sealed class MessageWalk
{
    /// <summary>What the serializer of any Orleans knows, besides arrays, enums and our own types.</summary>
    private static readonly HashSet<Type> Known =
    [
        typeof(bool), typeof(int), typeof(long), typeof(double), typeof(string), typeof(TimeSpan),
        typeof(DateTimeOffset), typeof(CancellationToken), typeof(Dictionary<,>), typeof(Nullable<>),
    ];

    private readonly HashSet<Type> _seen = [];

    /// <summary>Types of this service.</summary>
    public List<Type> Own { get; } = [];

    /// <summary>Types that no serializer can be relied on for.</summary>
    public List<Type> Strange { get; } = [];

    public static MessageWalk From(IEnumerable<Type> grainInterfaces)
    {
        var walk = new MessageWalk();
        foreach (var method in grainInterfaces.SelectMany(grain => grain.GetMethods()))
        {
            walk.VisitResult(method.ReturnType);
            foreach (var parameter in method.GetParameters()) walk.Visit(parameter.ParameterType);
        }

        return walk;
    }

    /// <summary>The properties that hold something, in the order of declaration.</summary>
    public static List<PropertyInfo> MembersOf(Type message) =>
    [
        .. message.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => message
                .GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)
                ?.IsDefined(typeof(CompilerGeneratedAttribute)) == true),
    ];

    private void VisitResult(Type result)
    {
        if (result == typeof(Task) || result == typeof(ValueTask)) return;

        var isAwaited = result.IsGenericType
            && (result.GetGenericTypeDefinition() == typeof(Task<>)
                || result.GetGenericTypeDefinition() == typeof(ValueTask<>));
        if (isAwaited) Visit(result.GetGenericArguments()[0]);
        else Strange.Add(result);
    }

    private void Visit(Type type)
    {
        if (!_seen.Add(type)) return;

        if (type.IsArray)
        {
            Visit(type.GetElementType()!);
            return;
        }

        foreach (var argument in type.GetGenericArguments()) Visit(argument);
        if (type.Namespace!.StartsWith(nameof(CoffeePayment), StringComparison.Ordinal))
        {
            Own.Add(type);
            foreach (var member in MembersOf(type)) Visit(member.PropertyType);
        }
        else if (!Known.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type))
        {
            Strange.Add(type);
        }
    }
}
