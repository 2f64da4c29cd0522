using System.Text.Json;
using System.Text.Json.Serialization;
using CoffeePayment.Api.Access;
using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Endpoints;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;
using CoffeePayment.Api.Limits;
using CoffeePayment.Api.Metrics;
using CoffeePayment.Api.OpenApi;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api;

/// <summary>
/// Registers the HTTP API with a host that has Orleans' <see cref="IGrainFactory"/>: a silo, or a client.
/// </summary>
public static class PaymentApiServices
{
    /// <summary>
    /// Adds what <see cref="PaymentApiEndpoints.MapPaymentApi"/> needs. Health checks are the host's to add, with the
    /// tag
    /// <c>ready</c>. Options that cannot work stop the start.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; null to leave them at their defaults.</param>
    public static IServiceCollection AddPaymentApi(
        this IServiceCollection services, Action<ApiOptions>? configure = null)
    {
        var options = services.AddOptions<ApiOptions>()
            .ValidateDataAnnotations()
            .Validate(
                o => o.Keys.DistinctBy(key => key.Name).Count() == o.Keys.Count,
                "API_KEYS: every key must have a name of its own.")
            .ValidateOnStart();
        if (configure is not null) options.Configure(configure);

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddHealthChecks();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionEndpoints>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<AccessInstruments>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<GrainCalls>();
        services.AddSingleton<OutageDetector>();
        services.AddSingleton<RegistrationReader>();
        services.AddSingleton<OrderEndpoints>();
        services.AddSingleton<OrderListEndpoints>();
        services.AddSingleton<OrderActionEndpoints>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<OrderEventsEndpoint>();
        services.AddSingleton<WebhookEndpoint>();
        services.AddSingleton<StatsReader>();
        services.AddSingleton<StatsEventsEndpoint>();
        services.AddSingleton<ServiceEndpoints>();
        services.AddSingleton<InspectionEndpoints>();
        services.AddSingleton<ConsoleEndpoints>();
        services.AddSingleton<ConsoleFiles>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<MetricsCollector>();
        services.AddSingleton<MetricsEndpoint>();

        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, ServerLimits>();
        AddOpenApi(services);
        return services;
    }

    private static void AddOpenApi(IServiceCollection services)
    {
        // The document's schemas come from here; answers are written with the context itself.
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Encoder = ApiJson.Encoder;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJsonContext.Default);
            foreach (var converter in ApiJsonContext.Default.Options.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        services.AddOpenApi("v1", openApi =>
        {
            openApi.AddDocumentTransformer<ApiDocumentTransformer>();
            openApi.AddOperationTransformer<OperationDocTransformer>();
            openApi.AddSchemaTransformer<EnumSchemaTransformer>();
        });
    }
}
