using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Types;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Activations;

/// <summary>
/// The grain classes of the application: all in the assemblies that are loaded or that those refer to, found when first
/// needed.
/// </summary>
internal sealed class GrainClasses(Silo silo) : IGrainTypes
{
    private static Found? _found;

    private readonly Lazy<Dictionary<GrainType, GrainClass>> _classes = new(() => Find(silo));

    public IEnumerable<GrainClass> All => _classes.Value.Values;

    public GrainClass Get(GrainType type) => _classes.Value.TryGetValue(type, out var grainClass)
        ? grainClass
        : throw new OrleansException($"There is no grain class of type \"{type}\" in this silo.");

    public GrainType TypeOf(Type interfaceType, string? classNamePrefix)
    {
        var candidates = All.Where(c => c.Type.IsAssignableTo(interfaceType)
            && (classNamePrefix is null
                || c.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))).ToList();
        return candidates switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException(
                $"Could not find an implementation for interface {interfaceType}.", nameof(interfaceType)),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: "
                + string.Join(", ", candidates.Select(candidate => candidate.Type)), nameof(interfaceType)),
        };
    }

    private static Dictionary<GrainType, GrainClass> Find(Silo silo)
    {
        var classes = new Dictionary<GrainType, GrainClass>();
        foreach (var type in Types())
        {
            var grainClass = new GrainClass(silo, type);
            if (!classes.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new OrleansConfigurationException(
                    $"Grain classes {classes[grainClass.GrainType].Type} and {type} have the same grain type "
                    + $"\"{grainClass.GrainType}\".");
            }
        }

        return classes;
    }

    // To look through all types takes most of a silo's start; all silos of a process find the same ones.
    private static Type[] Types()
    {
        var assemblies = AppDomain.CurrentDomain.GetAssemblies().Length;
        var found = Volatile.Read(ref _found);
        if (found?.Assemblies != assemblies)
        {
            found = new Found(assemblies, [.. ApplicationTypes.All.Where(IsGrainClass)]);
            Volatile.Write(ref _found, found);
        }

        return found.Types;
    }

    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        && type.IsAssignableTo(typeof(IGrainBase)) && type.IsAssignableTo(typeof(IAddressable))
        && type.GetInterfaces().Any(i => i != typeof(IAddressable) && i.IsAssignableTo(typeof(IAddressable)));

    /// <summary>The grain classes in so many loaded assemblies.</summary>
    private sealed record Found(int Assemblies, Type[] Types);
}
