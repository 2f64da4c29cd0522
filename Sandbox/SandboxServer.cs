using System.Net;
using CoffeePayment.Sandbox.Controls;
using CoffeePayment.Sandbox.Http;
using CoffeePayment.Sandbox.Machine;
using CoffeePayment.Sandbox.Pages;
using CoffeePayment.Sandbox.Payments;
using CoffeePayment.Sandbox.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CoffeePayment.Sandbox;

/// <summary>
/// A running stand-in for YooKassa and the telemetry service of the coffee machines. It reads no configuration but
/// its options, handles no signals and logs nothing, so it can live in any process. Disposing it ends it, hung
/// requests included.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WebhookSender _webhooks;
    private readonly CancellationTokenSource _stopping;

    private SandboxServer(WebApplication app, WebhookSender webhooks, CancellationTokenSource stopping, Uri url)
    {
        _app = app;
        _webhooks = webhooks;
        _stopping = stopping;
        Url = url;
    }

    /// <summary>Where it listens, with the port that it really has; ends with a slash.</summary>
    public Uri Url { get; }

    /// <summary>Starts a sandbox; it listens when the task completes.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var endpoint = options.Validate();
        var stopping = new CancellationTokenSource();
        var app = Build(endpoint);
        var url = new Lazy<Uri>(() => BoundUrl(app));
        var json = new PaymentJson(options.AccountId, id => PaymentPages.Address(url.Value, id));
        var webhooks = new WebhookSender(options.TimeProvider, json);
        try
        {
            Map(app, options, json, webhooks, stopping.Token);
            await app.StartAsync(cancellationToken);
            return new SandboxServer(app, webhooks, stopping, url.Value);
        }
        catch
        {
            await app.DisposeAsync();
            await webhooks.DisposeAsync();
            stopping.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _webhooks.DisposeAsync();
        _stopping.Dispose();
    }

    private static WebApplication Build(IPEndPoint endpoint)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        // Handlers wait for nothing but clocks, so they may run where the socket is read, without a thread switch.
        builder.WebHost.UseSockets(static sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = JsonBody.MaxBytes;
            kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        return builder.Build();
    }

    private static void Map(
        WebApplication app,
        SandboxOptions options,
        PaymentJson json,
        WebhookSender webhooks,
        CancellationToken stopping)
    {
        var worlds = new Worlds(options);
        var hanging = new Hanging(options.TimeProvider, stopping);

        app.Use(next => new Shield(next, options.OnFailure).InvokeAsync);
        var provider = new ProviderApi(options, worlds, hanging, json, webhooks);
        app.Use(next => context => provider.GetPaymentOrElseAsync(context, next));
        app.UseRouting();
        provider.Map(app);
        new MachineApi(options, worlds, hanging).Map(app);
        new ControlApi(options.TimeProvider, worlds, webhooks).Map(app);
        new RecordApi(worlds).Map(app);
        new PaymentPages(options.TimeProvider, worlds, webhooks).Map(app);
        app.MapFallback(static context =>
        {
            Problem.Send(context, StatusCodes.Status404NotFound, "There is nothing at this address.");
            return Task.CompletedTask;
        });
    }

    private static Uri BoundUrl(WebApplication app) => new(
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>
    /// Whoever hosts the sandbox handles Ctrl+C; the usual lifetime would end the sandbox under its feet.
    /// </summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
