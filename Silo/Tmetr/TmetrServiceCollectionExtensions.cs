using System.Net;
using CoffeePayment.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Tmetr;

public static class TmetrServiceCollectionExtensions
{
    /// <summary>
    /// Registers TMetr as <see cref="ICoffeeMachine"/>. The caller configures <see cref="TmetrOptions"/>; invalid ones
    /// stop the start. Time is the unkeyed <see cref="TimeProvider"/>, the system's unless one is registered.
    /// </summary>
    public static IServiceCollection AddTmetr(this IServiceCollection services)
    {
        services.AddOptions<TmetrOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TmetrOptions>, TmetrOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddKeyedSingleton<HttpMessageHandler>(TmetrCoffeeMachine.HandlerKey, (_, _) => CreateHandler());
        services.AddSingleton<ICoffeeMachine, TmetrCoffeeMachine>();
        return services;
    }

    /// <summary>
    /// A connection for each command: on a pooled one that the other side is just closing, a command would be lost
    /// without anyone knowing whether it arrived, and a person would have to look into it. Commands are rare enough for
    /// that.
    /// </summary>
    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.Zero,
        ActivityHeadersPropagator = null,
    };
}
