using System.Net;
using CoffeePayment.Hosting.Clustering;
using Orleans.Dashboard;

namespace CoffeePayment.Tests.Engine;

/// <summary>Where the dashboard's page is, and who can serve it. What it shows is each engine's own.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/dashboard/"/>
public sealed class DashboardTests(PlainCluster cluster) : IClassFixture<PlainCluster>, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task MapOrleansDashboard_OnASilo_ServesAPage()
    {
        await using var app = CreateSilo();
        app.MapOrleansDashboard("/dashboard");
        await app.StartAsync();

        using var answer = await _http.GetAsync(new Uri($"{app.Urls.Single()}/dashboard/"));

        await AssertIsPageAsync(answer);
    }

    [Fact]
    public async Task MapOrleansDashboard_InFrontOfACluster_ServesAPage()
    {
        await using var app = CreateFront(cluster.Client);
        app.MapOrleansDashboard("/inside");
        await app.StartAsync();

        using var answer = await _http.GetAsync(new Uri($"{app.Urls.Single()}/inside/"));

        await AssertIsPageAsync(answer);
    }

    [Fact]
    public async Task MapOrleansDashboard_WithoutAPath_ServesThePageAtTheRoot()
    {
        await using var app = CreateFront(cluster.Client);
        app.MapOrleansDashboard();
        await app.StartAsync();

        using var answer = await _http.GetAsync(new Uri($"{app.Urls.Single()}/"));

        await AssertIsPageAsync(answer);
    }

    [Fact]
    public async Task Page_WithoutTheSlash_RedirectsToWhereItsRelativeAddressesWork()
    {
        await using var app = CreateFront(cluster.Client);
        app.MapOrleansDashboard("/dashboard");
        await app.StartAsync();

        using var answer = await _http.GetAsync(new Uri($"{app.Urls.Single()}/dashboard?a=b"));

        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal("/dashboard/?a=b", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task MapOrleansDashboard_WhatTheHostSaysOfIt_HoldsForAllThatItMaps()
    {
        await using var app = CreateFront(cluster.Client);
        app.MapOrleansDashboard("/dashboard").WithMetadata("for operators");

        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.Equal("for operators", endpoint.Metadata.GetMetadata<string>()));
    }

    [Fact]
    public async Task MapOrleansDashboard_WithoutAddDashboard_Throws()
    {
        var builder = WebApplication.CreateSlimBuilder();
        await using var app = builder.Build();

        Assert.Throws<InvalidOperationException>(() => app.MapOrleansDashboard("/dashboard"));
    }

    [Fact]
    public void DashboardOptions_ByDefault_SampleASecondForAHundredSeconds()
    {
        var options = new DashboardOptions();

        Assert.Equal(
            (1000, 100, false), (options.CounterUpdateIntervalMs, options.HistoryLength, options.HideTrace));
    }

    private static async Task AssertIsPageAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<html", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    private static WebApplication CreateSilo()
    {
        var builder = CreateBuilder();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort.OfLoopback(), FreePort.OfLoopback());
            silo.UseInMemoryReminderService();
            silo.AddDashboard();
        });
        return builder.Build();
    }

    private static WebApplication CreateFront(IGrainFactory grains)
    {
        var builder = CreateBuilder();
        builder.Services.AddSingleton(grains);
        new ClientBuilder(builder.Services, builder.Configuration).AddDashboard();
        return builder.Build();
    }

    private static WebApplicationBuilder CreateBuilder()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }

    private sealed class ClientBuilder(IServiceCollection services, IConfiguration configuration) : IClientBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration => configuration;
    }
}
