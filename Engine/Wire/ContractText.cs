using System.Reflection;
using System.Text;
using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Types;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>
/// All that two sides must agree on to understand each other's calls, as a text: the methods of grain interfaces, and
/// the members of all types in them.
/// </summary>
internal sealed class ContractText
{
    // In an order which is nobody's but the names'.
    private readonly SortedSet<string> _lines = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _seen = [];

    public static string NameOf(Type type)
    {
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        var own = type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias
            ?? (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!;
        return type is { IsGenericType: true, IsGenericTypeDefinition: false }
            ? $"{own}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
            : own;
    }

    public void AddGrainClass(string grainType, Type type)
    {
        var interfaces = GrainMethods.InterfacesOf(type).ToList();
        var names = interfaces.Select(NameOf).Order(StringComparer.Ordinal);
        _lines.Add($"grain {grainType}: {string.Join(", ", names)}");
        foreach (var method in interfaces.SelectMany(GrainMethods.DeclaredBy)) AddMethod(method);
    }

    public override string ToString() => string.Join('\n', _lines);

    private void AddMethod(MethodInfo method)
    {
        var result = MethodModel.ResultType(method);
        _lines.Add($"method {GrainMethods.Describe(method)}: {NameOf(result)}");
        foreach (var type in MethodModel.ArgumentTypes(method)) AddType(type);
        AddType(result);
    }

    private void AddType(Type type)
    {
        if (!_seen.Add(type)) return;
        if (type.HasElementType) AddType(type.GetElementType()!);
        foreach (var argument in type.GetGenericArguments()) AddType(argument);
        if (type.IsEnum) AddEnum(type);
        if (!IsOfApplication(type)) return;
        if (TypeModel.HasMembers(type)) AddMembers(type);

        // What may stand in its place has to be known to both sides; other assemblies are not sure to be loaded.
        if (type.IsSealed || type.IsAssignableTo(typeof(IAddressable))) return;
        foreach (var derived in type.Assembly.GetTypes())
        {
            if (derived != type && !derived.ContainsGenericParameters && derived.IsAssignableTo(type)
                && TypeModel.HasMembers(derived))
                AddType(derived);
        }
    }

    private void AddEnum(Type type)
    {
        var line = new StringBuilder($"enum {NameOf(type)} ({NameOf(Enum.GetUnderlyingType(type))}):");
        foreach (var name in Enum.GetNames(type).Order(StringComparer.Ordinal))
            line.Append($" {name}={Enum.Format(type, Enum.Parse(type, name), "D")}");
        _lines.Add(line.ToString());
    }

    private void AddMembers(Type type)
    {
        var members = TypeModel.MembersOf(type).OrderBy(MemberKey.Of).ToList();
        var texts = members.Select(member => $"{member.Section}.{member.Id} {NameOf(member.Type)}");
        _lines.Add($"type {NameOf(type)}: {string.Join(", ", texts)}");
        foreach (var member in members) AddType(member.Type);
    }

    // The framework's own types are laid out by the engine.
    private static bool IsOfApplication(Type type) => type.Assembly == typeof(ContractText).Assembly
        || Array.Exists(type.Assembly.GetReferencedAssemblies(),
            reference => reference.Name == typeof(ContractText).Assembly.GetName().Name);
}
