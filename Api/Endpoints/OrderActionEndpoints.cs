using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Checks an order now, and takes down how it ended.</summary>
internal sealed class OrderActionEndpoints(IGrainFactory grains, GrainCalls calls)
{
    public async Task CheckAsync(HttpContext context)
    {
        if (OrderEndpoints.OrderIdOf(context) is not { } id)
        {
            await Problems.WriteAsync(context, Problems.OrderNotFound);
            return;
        }

        var order = await calls.RepeatSlowAsync(
            () => grains.GetGrain<IPendingPaymentGrain>(id).CheckAsync(minimumAge: TimeSpan.Zero),
            context.RequestAborted);
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

        if (ResolutionReader.Read(body.Object, out var errors) is not { } resolution)
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
        var result = await calls.OnceAsync(
            () => grains.GetGrain<IPendingPaymentGrain>(id).ResolveAsync(resolution));
        await (result is { Order: not null, Refusal: { } refusal }
            ? Problems.WriteAsync(context, Problems.Refused(refusal))
            : OrderEndpoints.WriteOrderOrNotFoundAsync(context, result.Order));
    }
}
