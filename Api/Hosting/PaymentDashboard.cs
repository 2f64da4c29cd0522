using Orleans.Dashboard;

namespace CoffeePayment.Api.Hosting;

/// <summary>The dashboard of Orleans at <c>/dashboard</c>: what silos and grains do, and who may see it.</summary>
internal static class PaymentDashboard
{
    private const string Path = "/dashboard";

    /// <summary>Sets it up, on silos and in front of them.</summary>
    public static void Configure(DashboardOptions dashboard)
    {
        // The log has its own file, and who may look at the dashboard may not therefore read all of it.
        dashboard.HideTrace = true;
    }

    /// <summary>Adds it to a process that is no silo but has the cluster's grains among its services.</summary>
    public static void AddDashboardInFrontOfCluster(this IServiceCollection services, IConfiguration configuration) =>
        new ServicesAlone(services, configuration).AddDashboard(Configure);

    /// <summary>Maps it. Call it after the API is mapped: what is mapped then asks for a key.</summary>
    public static void MapPaymentDashboard(this WebApplication app) =>
        app.MapOrleansDashboard(Path).ExcludeFromDescription();

    // The client itself is in a host of its own (ClusterLink); the page belongs to the one that serves it.
    private sealed class ServicesAlone(IServiceCollection services, IConfiguration configuration) : IClientBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => configuration;
    }
}
