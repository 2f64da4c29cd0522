using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Hosting.Instruments;

/// <summary>Puts the instruments that every process has into a host.</summary>
internal static class ServiceInstrumentsExtensions
{
    /// <summary>Adds them, and has the checks with the tag <c>ready</c> made every 10 s.</summary>
    public static IServiceCollection AddServiceInstruments(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<ProcessInstruments>();
        services.AddSingleton<IHealthCheckPublisher, HealthInstruments>();
        services.Configure<HealthCheckPublisherOptions>(checks =>
        {
            checks.Delay = HealthInstruments.Period / 2;
            checks.Period = HealthInstruments.Period;
            checks.Timeout = HealthInstruments.Period / 2;
            checks.Predicate = check => check.Tags.Contains("ready");
        });
        return services;
    }
}
