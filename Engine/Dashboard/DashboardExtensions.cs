using System.Diagnostics.CodeAnalysis;
using CoffeePayment.Engine.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Dashboard;

/// <summary>The dashboard: a page that shows what the silos and grains of a cluster do.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Has the silo count what it does, and lets its host map the page. All silos of a cluster have it.
    /// </summary>
    public static ISiloBuilder AddDashboard(
        this ISiloBuilder siloBuilder, Action<DashboardOptions>? configureOptions = null)
    {
        AddPage(siloBuilder.Services, configureOptions);
        if (siloBuilder.Services.Any(service => service.ServiceType == typeof(SiloProfiler))) return siloBuilder;

        siloBuilder.Services.AddSingleton<SiloProfiler>();
        siloBuilder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            static provider => provider.GetRequiredService<SiloProfiler>());
        return siloBuilder;
    }

    /// <summary>Lets the host of a client of the cluster map the page.</summary>
    public static IClientBuilder AddDashboard(
        this IClientBuilder clientBuilder, Action<DashboardOptions>? configureOptions = null)
    {
        AddPage(clientBuilder.Services, configureOptions);
        return clientBuilder;
    }

    /// <summary>Maps the page and what it reads. Who may see them is the host's to say.</summary>
    /// <param name="endpoints">The host's, whose services have a dashboard and the cluster's grain factory.</param>
    /// <param name="routePrefix">Where; null: at the root.</param>
    /// <exception cref="InvalidOperationException">AddDashboard has not been called.</exception>
    public static RouteGroupBuilder MapOrleansDashboard(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string? routePrefix = null)
    {
        var page = endpoints.ServiceProvider.GetService<DashboardPage>() ?? throw new InvalidOperationException(
            "There is no dashboard to map. Call AddDashboard on the ISiloBuilder or IClientBuilder.");
        var group = endpoints.MapGroup(routePrefix ?? "");
        page.Map(group);
        return group;
    }

    private static void AddPage(IServiceCollection services, Action<DashboardOptions>? configureOptions)
    {
        services.TryAddSingleton<DashboardPage>();
        var options = services.AddOptions<DashboardOptions>()
            .Validate(
                static dashboard => dashboard.CounterUpdateIntervalMs >= 1000 && dashboard.HistoryLength >= 1,
                "The dashboard's CounterUpdateIntervalMs must be at least 1000, its HistoryLength at least 1.");
        if (configureOptions is not null) options.Configure(configureOptions);
    }
}
