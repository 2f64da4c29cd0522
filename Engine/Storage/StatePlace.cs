using CoffeePayment.Engine.Activations;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;

namespace CoffeePayment.Engine.Storage;

/// <summary>
/// Where the states of one constructor parameter live: their name and storage, shared by all activations of the class.
/// </summary>
internal abstract class StatePlace(GrainClass grainClass, PersistentStateAttribute attribute)
{
    private IGrainStorage? _storage;

    public string Name => attribute.StateName;

    public IGrainStorage Storage => _storage ??= Find();

    public static StatePlace For(GrainClass grainClass, Type parameterType, PersistentStateAttribute attribute)
    {
        if (!parameterType.IsGenericType || parameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException(
                $"Grain class {grainClass.Type}: a parameter with [PersistentState] is an IPersistentState<T>, "
                + $"not a {parameterType}.");
        }

        return (StatePlace)Activator.CreateInstance(
            typeof(StatePlace<>).MakeGenericType(parameterType.GetGenericArguments()), grainClass, attribute)!;
    }

    public abstract IActivationState CreateState(Activation activation);

    private IGrainStorage Find()
    {
        var services = grainClass.Silo.Services;
        var name = attribute.StorageName is { Length: > 0 } given ? given : null;
        return (name is null ? services.GetService<IGrainStorage>() : null)
            ?? services.GetKeyedService<IGrainStorage>(name ?? "Default")
            ?? throw new BadProviderConfigException(
                (name is null ? "No default storage provider found" : $"No storage provider named \"{name}\" found")
                + $", which state \"{Name}\" of grain class {grainClass.Type} asks for.");
    }
}

internal sealed class StatePlace<TState>(GrainClass grainClass, PersistentStateAttribute attribute)
    : StatePlace(grainClass, attribute)
{
    public override IActivationState CreateState(Activation activation) =>
        new PersistentState<TState>(this, activation);
}
