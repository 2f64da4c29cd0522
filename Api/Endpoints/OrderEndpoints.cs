using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;
using CoffeePayment.Orders;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Registers and reads orders.</summary>
internal sealed class OrderEndpoints(
    IGrainFactory grains, GrainCalls calls, RegistrationReader reader, AuditLog audit)
{
    /// <summary>What <c>?refresh=true</c> is satisfied with: a check at most this old.</summary>
    private static readonly TimeSpan RefreshAge = TimeSpan.FromSeconds(1);

    public async Task RegisterAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        if (body.Problem is { } problem)
        {
            await Problems.WriteAsync(context, problem);
            return;
        }

        if (reader.Read(body.Object, out var errors) is not { } registration)
        {
            await Problems.WriteAsync(context, Problems.Invalid(errors.All));
            return;
        }

        var result = context.Request.Headers.ContainsKey(AuditLog.ImportHeader)
            ? await audit.WriteAsync(context, AuditAction.Import, RegisterItAsync, OutcomeOf, registration.Id)
            : await RegisterItAsync();
        await (result switch
        {
            { Outcome: RegistrationOutcome.Created, Order: { } order } => WriteCreatedAsync(context, order),
            { Outcome: RegistrationOutcome.Existed, Order: { } order } => WriteOrderAsync(context, order),
            { Outcome: RegistrationOutcome.Conflict, Order: { } order } => Problems.WriteAsync(
                context,
                Problems.OrderDiffers(order.Id, RegistrationDifferences.Of(registration, order.Registration))),
            { Outcome: RegistrationOutcome.PaymentTaken, OtherOrderId: { } other } => Problems.WriteAsync(
                context, Problems.PaymentTaken(registration.PaymentReferenceId, other)),
            _ => throw new InvalidOperationException($"Registering {registration.Id} came to {result.Outcome} alone."),
        });

        Task<RegistrationResult> RegisterItAsync() => calls.RepeatAsync(
            () => grains.GetGrain<IPendingPaymentGrain>(registration.Id).RegisterAsync(registration),
            context.RequestAborted);

        static AuditOutcome OutcomeOf(RegistrationResult result) =>
            result.Outcome is RegistrationOutcome.Created or RegistrationOutcome.Existed
                ? AuditOutcome.Done
                : AuditOutcome.Refused;
    }

    public async Task GetAsync(HttpContext context)
    {
        if (!TryReadRefresh(context.Request.Query, out var isRefresh, out var errors))
        {
            await Problems.WriteAsync(context, Problems.Invalid(errors.All));
            return;
        }

        if (OrderIdOf(context) is not { } id)
        {
            await Problems.WriteAsync(context, Problems.OrderNotFound);
            return;
        }

        var stop = context.RequestAborted;
        var order = isRefresh
            ? await calls.RepeatSlowAsync(() => Order().CheckAsync(RefreshAge), stop)
            : await calls.RepeatAsync(() => Order().GetAsync(), stop);
        await WriteOrderOrNotFoundAsync(context, order);

        IPendingPaymentGrain Order() => grains.GetGrain<IPendingPaymentGrain>(id);
    }

    /// <summary>The order in the path; null if no order can have such an id.</summary>
    public static string? OrderIdOf(HttpContext context) =>
        context.Request.RouteValues["id"] is string id && Identifiers.IsOrderId(id) ? id : null;

    public static Task WriteOrderOrNotFoundAsync(HttpContext context, PaymentOrder? order) =>
        order is null ? Problems.WriteAsync(context, Problems.OrderNotFound) : WriteOrderAsync(context, order);

    public static Task WriteOrderAsync(HttpContext context, PaymentOrder order, int status = StatusCodes.Status200OK) =>
        Responses.WriteJsonAsync(context, status, OrderResponse.From(order), ApiJson.Context.OrderResponse);

    private static Task WriteCreatedAsync(HttpContext context, PaymentOrder order)
    {
        context.Response.Headers.Location = $"/v1/orders/{order.Id}";
        return WriteOrderAsync(context, order, StatusCodes.Status201Created);
    }

    private static bool TryReadRefresh(IQueryCollection query, out bool isRefresh, out FieldErrors errors)
    {
        errors = new FieldErrors();
        isRefresh = false;
        if (!query.TryGetValue("refresh", out var text) || bool.TryParse(text, out isRefresh)) return true;

        errors.Add("refresh", "must be true or false");
        return false;
    }
}
