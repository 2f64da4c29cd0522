using CoffeePayment.Api.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Http;

/// <summary>
/// Asks for an API key on everything, paths that do not exist included, but endpoints that say otherwise
/// (<see cref="IAllowAnonymous"/>).
/// </summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, IOptions<ApiOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly ApiKeys _keys = new(options.Value.Keys);

    public Task InvokeAsync(HttpContext context)
    {
        if (!_keys.AreRequired || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);

        var header = context.Request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value) return RefuseAsync(context, Problems.KeyMissing, "");

        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return RefuseAsync(context, Problems.KeyMissing, "");

        return _keys.Contains(value.AsSpan(Scheme.Length).Trim())
            ? next(context)
            : RefuseAsync(context, Problems.KeyUnknown, ", error=\"invalid_token\"");
    }

    private static Task RefuseAsync(HttpContext context, Problem problem, string error)
    {
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"CoffeePayment\"{error}";
        return Problems.WriteAsync(context, problem);
    }
}
