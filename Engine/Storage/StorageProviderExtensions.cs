using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;

namespace Orleans.Runtime.Hosting;

public static class StorageProviderExtensions
{
    /// <summary>
    /// Registers a storage under a name, one for the silo; "Default" is also the one for states that name none.
    /// </summary>
    public static IServiceCollection AddGrainStorage<T>(
        this IServiceCollection collection, string name, Func<IServiceProvider, string, T> implementationFactory)
        where T : IGrainStorage
    {
        collection.AddKeyedSingleton<IGrainStorage>(
            name, (services, key) => implementationFactory(services, (string)key!));
        if (name == "Default")
            collection.TryAddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>(name));
        if (typeof(T).IsAssignableTo(typeof(ILifecycleParticipant<ISiloLifecycle>)))
            collection.AddSingleton(services =>
                (ILifecycleParticipant<ISiloLifecycle>)services.GetRequiredKeyedService<IGrainStorage>(name));
        return collection;
    }
}
