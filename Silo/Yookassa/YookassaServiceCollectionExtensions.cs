using CoffeePayment.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Yookassa;

public static class YookassaServiceCollectionExtensions
{
    /// <summary>
    /// Registers YooKassa as <see cref="IPaymentProvider"/> and <see cref="IProviderHealth"/>. The caller configures
    /// <see cref="YookassaOptions"/>; invalid ones stop the start. Time is the unkeyed <see cref="TimeProvider"/>, the
    /// system's unless one is registered.
    /// </summary>
    public static IServiceCollection AddYookassa(this IServiceCollection services)
    {
        services.AddOptions<YookassaOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<YookassaOptions>, YookassaOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddKeyedSingleton<HttpMessageHandler>(
            YookassaPaymentProvider.HandlerKey,
            (provider, _) =>
                YookassaConnections.Create(provider.GetRequiredService<IOptions<YookassaOptions>>().Value));
        services.TryAddSingleton<YookassaPaymentProvider>();
        services.AddSingleton<IPaymentProvider>(provider => provider.GetRequiredService<YookassaPaymentProvider>());
        services.AddSingleton<IProviderHealth>(provider => provider.GetRequiredService<YookassaPaymentProvider>());
        return services;
    }
}
