using CoffeePayment.Api.Access;
using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Checks an order now, and takes down how it ended.</summary>
internal sealed class OrderActionEndpoints(IGrainFactory grains, GrainCalls calls, AuditLog audit)
{
    public async Task CheckAsync(HttpContext context)
    {
        if (OrderEndpoints.OrderIdOf(context) is not { } id)
        {
            await Problems.WriteAsync(context, Problems.OrderNotFound);
            return;
        }

        var order = await audit.WriteAsync(
            context,
            AuditAction.Check,
            () => calls.RepeatSlowAsync(
                () => grains.GetGrain<IPendingPaymentGrain>(id).CheckAsync(minimumAge: TimeSpan.Zero),
                context.RequestAborted),
            checkedOrder => checkedOrder is null ? AuditOutcome.NotFound : AuditOutcome.Done,
            id);
        await OrderEndpoints.WriteOrderOrNotFoundAsync(context, order);
    }

    public async Task ResolveAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        if (body.Problem is { } problem)
        {
            await Problems.WriteAsync(context, problem);
            return;
        }

        if (ResolutionReader.Read(body.Object, Caller.Of(context).Name, out var errors) is not { } resolution)
        {
            await Problems.WriteAsync(context, Problems.Invalid(errors.All));
            return;
        }

        if (OrderEndpoints.OrderIdOf(context) is not { } id)
        {
            await Problems.WriteAsync(context, Problems.OrderNotFound);
            return;
        }

        // Never repeated: when nobody knows whether it was carried out, a second one may be refused where the first was
        // not, and an operator looks at the order before he tries again.
        var result = await audit.WriteAsync(
            context,
            AuditAction.Resolve,
            () => calls.OnceAsync(() => grains.GetGrain<IPendingPaymentGrain>(id).ResolveAsync(resolution)),
            OutcomeOf,
            id,
            WireNames.Of(resolution.Outcome),
            resolution.Note);
        await (result is { Order: not null, Refusal: { } refusal }
            ? Problems.WriteAsync(context, Problems.Refused(refusal))
            : OrderEndpoints.WriteOrderOrNotFoundAsync(context, result.Order));
    }

    private static AuditOutcome OutcomeOf(ResolveResult result) => result switch
    {
        { Order: null } => AuditOutcome.NotFound,
        { Refusal: not null } => AuditOutcome.Refused,
        _ => AuditOutcome.Done,
    };
}
