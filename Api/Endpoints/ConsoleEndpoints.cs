using System.Buffers.Text;
using System.Reflection;
using System.Security.Cryptography;
using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Endpoints;

/// <summary>What the console needs beyond the API of orders: facts about the service, and test orders.</summary>
internal sealed class ConsoleEndpoints(
    IGrainFactory grains,
    GrainCalls calls,
    IOptions<ApiOptions> options,
    AuditLog audit,
    ITestOrders? testOrders = null)
{
    private static readonly FieldNames Names = new("ending");

    private static readonly string Version =
        typeof(ConsoleEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion;

    /// <summary>Whether test orders can be placed.</summary>
    public bool HasTestOrders => testOrders is not null;

    public Task GetAsync(HttpContext context)
    {
        var response = new ConsoleResponse
        {
            Language = options.Value.Language,
            Version = Version,
            ServiceId = options.Value.ServiceId,
            ClusterId = options.Value.ClusterId,
            SandboxUrl = testOrders?.SandboxUrl.ToString(),
        };
        return Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, response, ApiJson.Context.ConsoleResponse);
    }

    public async Task PlaceTestOrderAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        if (body.Problem is { } problem)
        {
            await Problems.WriteAsync(context, problem);
            return;
        }

        var fields = new JsonFields(body.Object, Names);
        if (WireWords.Read<TestOrderEnding>(fields, "ending", isRequired: true) is not { } ending)
        {
            await Problems.WriteAsync(context, Problems.Invalid(fields.Errors.All));
            return;
        }

        var id = $"test-{WireNames.Of(ending)}-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(6))}";
        var result = await audit.WriteAsync(
            context, AuditAction.TestOrder, PlaceItAsync, _ => AuditOutcome.Done, id, WireNames.Of(ending));
        await OrderEndpoints.WriteOrderAsync(context, result.Order!, StatusCodes.Status201Created);

        async Task<RegistrationResult> PlaceItAsync()
        {
            var registration = await testOrders!.PrepareAsync(id, ending, context.RequestAborted);
            return await calls.RepeatAsync(
                () => grains.GetGrain<IPendingPaymentGrain>(id).RegisterAsync(registration), context.RequestAborted);
        }
    }
}
