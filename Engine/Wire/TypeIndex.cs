using System.Diagnostics.CodeAnalysis;
using CoffeePayment.Engine.Types;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>The types of the application that may cross calls, by name, at one time.</summary>
internal sealed class TypeIndex
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> _ambiguous = new(StringComparer.Ordinal);
    private readonly int _assemblies;

    private TypeIndex(int assemblies) => _assemblies = assemblies;

    public static TypeIndex Empty { get; } = new(0);

    /// <summary>No assembly was loaded since.</summary>
    public bool IsCurrent => _assemblies == LoadedAssemblies();

    public static TypeIndex Create(Func<Type, bool> mayCross)
    {
        var types = ApplicationTypes.All.Where(mayCross)
            .Concat(typeof(object).Assembly.ExportedTypes.Where(type => type.IsEnum)).ToList();
        var index = new TypeIndex(LoadedAssemblies());
        foreach (var type in types)
        {
            var name = TypeNames.OwnName(type);
            if (!index._types.TryAdd(name, type)) index._ambiguous.TryAdd(name, type);
        }

        return index;
    }

    /// <exception cref="OrleansConfigurationException">Two types have that name.</exception>
    public bool TryFind(string name, [NotNullWhen(true)] out Type? type)
    {
        if (!_types.TryGetValue(name, out type)) return false;
        return !_ambiguous.TryGetValue(name, out var other)
            ? true
            : throw new OrleansConfigurationException($"Types {type} and {other} have the same alias \"{name}\".");
    }

    // Proxies are of an assembly that is dynamic; what is loaded for them has no types to find.
    private static int LoadedAssemblies() => AppDomain.CurrentDomain.GetAssemblies().Count(one => !one.IsDynamic);
}
