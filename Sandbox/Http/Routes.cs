namespace CoffeePayment.Sandbox.Http;

internal static class Routes
{
    /// <summary>Maps one method of a path.</summary>
    public static void On(this IEndpointRouteBuilder routes, string method, string path, RequestDelegate handler) =>
        routes.MapMethods(path, [method], handler);

    /// <summary>
    /// Maps every method of a path that is not mapped otherwise: routing prefers an endpoint that names the method.
    /// </summary>
    public static void OnOtherMethods(
        this IEndpointRouteBuilder routes, string path, string allowed, RequestDelegate handler) =>
        routes.Map(path, context =>
        {
            context.Response.Headers.Allow = allowed;
            return handler(context);
        });

    /// <summary>Answers every other method of a path with 405.</summary>
    public static void RefuseOtherMethods(this IEndpointRouteBuilder routes, string path, string allowed) =>
        routes.OnOtherMethods(path, allowed, static context =>
        {
            Problem.Send(context, StatusCodes.Status405MethodNotAllowed, "The method is not allowed here.");
            return Task.CompletedTask;
        });

    /// <summary>Does something that needs no body, and answers 204.</summary>
    public static RequestDelegate Done(Action act) => context =>
    {
        act();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };
}
