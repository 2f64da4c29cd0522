using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Hosting;

/// <summary>
/// Lets those who send requests notice that this process is about to stop, before it takes no more of them: it is not
/// ready any longer, answers what still comes, and asks for connections to be closed.
/// </summary>
/// <param name="options">How long.</param>
/// <param name="time">Waits.</param>
internal sealed class Draining(IOptions<DrainingOptions> options, TimeProvider time)
    : IHostedLifecycleService, IHealthCheck
{
    private volatile bool _isDraining;

    /// <summary>Whether the process is about to stop.</summary>
    public bool IsDraining => _isDraining;

    // The first thing that happens when a host stops; everything runs on until this is over.
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isDraining = true;
        await Task.Delay(options.Value.Notice, time, cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isDraining
            ? HealthCheckResult.Unhealthy("This process is about to stop.")
            : HealthCheckResult.Healthy());

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>How a process drains.</summary>
internal sealed class DrainingOptions
{
    /// <summary>
    /// How long the process serves on after it stopped being ready. Default 2 s, in which whoever asks every second has
    /// noticed.
    /// </summary>
    public TimeSpan Notice { get; set; } = TimeSpan.FromSeconds(2);
}

/// <summary>Puts draining into a host.</summary>
internal static class DrainingExtensions
{
    /// <summary>Adds it, and its health check with the tag <c>ready</c>.</summary>
    public static IServiceCollection AddDraining(this IServiceCollection services)
    {
        services.AddSingleton<Draining>();
        services.AddHostedService(static provider => provider.GetRequiredService<Draining>());
        services.AddHealthChecks().AddCheck<Draining>("draining", tags: ["ready"]);
        return services;
    }

    /// <summary>
    /// Asks for connections to be closed while the process drains, so that nobody sends into a closed one.
    /// </summary>
    public static IApplicationBuilder UseDraining(this IApplicationBuilder app)
    {
        var draining = app.ApplicationServices.GetRequiredService<Draining>();
        return app.Use((context, next) =>
        {
            if (draining.IsDraining && HttpProtocol.IsHttp11(context.Request.Protocol))
                context.Response.Headers.Connection = "close";

            return next(context);
        });
    }
}
