using Microsoft.Extensions.DependencyInjection;

namespace CoffeePayment.Engine.Hosting;

/// <summary>Tells singletons from other services, which the container itself does not.</summary>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    private readonly Lazy<ILookup<(Type, object?), ServiceLifetime>> _lifetimes = new(() =>
        services.ToLookup(service => (service.ServiceType, service.ServiceKey), service => service.Lifetime));

    public bool IsSingleton(Type type, object? key)
    {
        var lifetimes = _lifetimes.Value[(type, key)];
        if (!lifetimes.Any() && type.IsGenericType)
            lifetimes = _lifetimes.Value[(type.GetGenericTypeDefinition(), key)];
        return lifetimes.Any() && lifetimes.All(lifetime => lifetime == ServiceLifetime.Singleton);
    }
}
