using System.Reflection;
using CoffeePayment.Engine.Calls;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Wire;

/// <summary>The methods that can be called on a silo from elsewhere, by their ids.</summary>
internal sealed class MethodTable
{
    private readonly Dictionary<uint, MethodModel> _methods = [];

    /// <param name="grainClasses">The silo's.</param>
    /// <exception cref="OrleansConfigurationException">Two methods have the same id.</exception>
    public MethodTable(IEnumerable<Type> grainClasses)
        : this(grainClasses.SelectMany(GrainMethods.InterfacesOf).Distinct().SelectMany(GrainMethods.DeclaredBy),
            method => MethodModel.Of(method).Id)
    {
    }

    /// <summary>With other ids, to see what becomes of collisions.</summary>
    internal MethodTable(IEnumerable<MethodInfo> methods, Func<MethodInfo, uint> idOf)
    {
        var described = new Dictionary<uint, MethodInfo>();
        foreach (var method in methods)
        {
            var id = idOf(method);
            if (!described.TryAdd(id, method))
            {
                throw new OrleansConfigurationException(
                    $"Grain methods {GrainMethods.Describe(described[id])} and {GrainMethods.Describe(method)} have "
                    + $"the same id {id:X8}. Give one of them an [Alias].");
            }

            _methods.Add(id, MethodModel.Of(method));
        }
    }

    /// <summary>The method of that id; null where there is none.</summary>
    public MethodModel? Find(uint id) => _methods.GetValueOrDefault(id);
}
