using CoffeePayment.Engine.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts a silo into a host. Called again, it configures the same silo.</summary>
public static class GenericHostExtensions
{
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostBuilder) =>
        hostBuilder.UseOrleans(static _ => { });

    public static IHostApplicationBuilder UseOrleans(
        this IHostApplicationBuilder hostBuilder, Action<ISiloBuilder> configureDelegate)
    {
        hostBuilder.Services.AddOrleans(hostBuilder.Configuration, configureDelegate);
        return hostBuilder;
    }

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder) => hostBuilder.UseOrleans(static _ => { });

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, siloBuilder) => configureDelegate(siloBuilder));

    public static IHostBuilder UseOrleans(
        this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate) =>
        hostBuilder.ConfigureServices((context, services) =>
            services.AddOrleans(context.Configuration, siloBuilder => configureDelegate(context, siloBuilder)));

    private static void AddOrleans(
        this IServiceCollection services, IConfiguration configuration, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(SiloBuilder.On(services, configuration));
    }
}
