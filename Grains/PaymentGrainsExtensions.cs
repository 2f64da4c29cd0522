using CoffeePayment.Grains.Orders;
using CoffeePayment.Grains.Statistics;
using CoffeePayment.Grains.Sweeping;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Grains;

/// <summary>
/// Registers what the grains work with. The ports (provider, machine, indexes) are the host's to add.
/// </summary>
public static class PaymentGrainsExtensions
{
    public static IServiceCollection AddPaymentGrains(this IServiceCollection services)
    {
        services.AddOptions<PaymentOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SweeperOptions>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PaymentOptions>, PaymentOptionsValidator>());
        services.TryAddSingleton<SiloStatistics>();
        services.TryAddSingleton<OrderInstruments>();
        services.TryAddSingleton<SweepInstruments>();
        services.TryAddSingleton<OrderIndexes>();
        services.TryAddSingleton<Handover>();
        services.TryAddSingleton<RepeatedTexts>();
        services.TryAddSingleton<OrderServices>();
        services.AddHostedService<StatisticsReporter>();
        services.AddHostedService<TakeoverWatcher>();
        return services;
    }
}
