using System.Diagnostics;
using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Limits;
using Microsoft.AspNetCore.Authorization;

namespace CoffeePayment.Api.Access;

/// <summary>
/// The door. Asks for an API key or a session on everything, paths that do not exist included, but endpoints that say
/// otherwise (<see cref="IAllowAnonymous"/>); keeps out what another site's page makes a browser send; and lets nobody
/// take up more than a share.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next,
    KeyRing keys,
    Sessions sessions,
    RequestLimits limits,
    AccessInstruments instruments,
    AuditLog audit)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        if (!keys.IsNeeded)
        {
            // Nothing but where they come from tells those on this machine from pages that their browsers show.
            if (!RequestOrigin.IsForThisMachine(context.Request)) return RefuseAsync(context, Problems.HostUnknown);
            return IsForeign(context) ? RefuseAsync(context, Problems.ForeignPage) : next(context);
        }

        var isOpen = context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        return Identify(context, out var isWrong) is { } caller
            ? LetInAsync(context, caller, isOpen)
            : LetInUnknownAsync(context, isOpen, isWrong);
    }

    private Task LetInAsync(HttpContext context, Caller caller, bool isOpen)
    {
        context.User = caller;
        Activity.Current?.SetTag("coffee.caller", caller.Name);
        if (caller.Proof == CallerProof.Session
            && RequestOrigin.IsUnsafe(context.Request)
            && !RequestOrigin.IsConsole(context.Request))
            return RefuseAsync(context, Problems.ForeignPage);

        if (!isOpen && !limits.TryTake(caller.Key!, out var retryAfter))
            return LimitAsync(context, Problems.TooManyRequests, retryAfter);

        instruments.Count(caller, AccessOutcome.LetIn);
        return next(context);
    }

    private Task LetInUnknownAsync(HttpContext context, bool isOpen, bool isWrong)
    {
        if (isOpen) return IsForeign(context) ? RefuseAsync(context, Problems.ForeignPage) : next(context);
        if (!isWrong) return AskForKeyAsync(context);

        // A right key is let in however many wrong ones came from there: orders must not wait for somebody's guessing.
        var from = context.Connection.RemoteIpAddress;
        if (!limits.WrongKeys.Of(from).TryTake(out var retryAfter))
            return LimitAsync(context, Problems.TooManyWrongKeys, retryAfter);

        instruments.Count(Caller.Anonymous, AccessOutcome.WrongKey);
        audit.WriteRefusal(context, AuditAction.Enter, Problems.KindOf(Problems.KeyUnknown));
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"CoffeePayment\", error=\"invalid_token\"";
        return Problems.WriteAsync(context, Problems.KeyUnknown);
    }

    private Caller? Identify(HttpContext context, out bool isWrong)
    {
        isWrong = false;
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0)
            return SessionCookie.Read(context.Request) is { } token ? sessions.Find(token) : null;

        if (header.Count > 1 || header[0] is not { } value) return null;
        if (!value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;

        var caller = keys.Find(value.AsSpan(Scheme.Length).Trim());
        isWrong = caller is null;
        return caller;
    }

    private Task AskForKeyAsync(HttpContext context)
    {
        instruments.Count(Caller.Anonymous, AccessOutcome.NoKey);
        if (IsPageWanted(context.Request))
        {
            // A person: the console asks for the key.
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect("/");
            return Task.CompletedTask;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"CoffeePayment\"";
        return Problems.WriteAsync(context, Problems.KeyMissing);
    }

    private Task RefuseAsync(HttpContext context, Problem problem)
    {
        instruments.Count(Caller.Of(context), AccessOutcome.Foreign);
        audit.WriteRefusal(context, AuditAction.Enter, Problems.KindOf(problem));
        return Problems.WriteAsync(context, problem);
    }

    private Task LimitAsync(HttpContext context, Problem problem, TimeSpan retryAfter)
    {
        instruments.Count(Caller.Of(context), AccessOutcome.Limited);
        audit.WriteRefusal(context, AuditAction.Enter, Problems.KindOf(problem));
        return Problems.WriteLimitedAsync(context, problem, retryAfter);
    }

    private static bool IsForeign(HttpContext context) =>
        RequestOrigin.IsUnsafe(context.Request) && RequestOrigin.IsForeign(context.Request);

    private static bool IsPageWanted(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate";
}
