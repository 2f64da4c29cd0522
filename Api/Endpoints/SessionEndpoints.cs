using CoffeePayment.Api.Access;
using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;
using CoffeePayment.Api.Limits;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Signs people in and out, so that a browser can do what a key allows without keeping it.</summary>
internal sealed class SessionEndpoints(KeyRing keys, Sessions sessions, RequestLimits limits, AuditLog audit)
{
    private static readonly FieldNames Names = new("key");

    public async Task SignInAsync(HttpContext context)
    {
        using var body = await RequestBody.ReadAsync(context);
        if (body.Problem is { } problem)
        {
            await Problems.WriteAsync(context, problem);
            return;
        }

        var fields = new JsonFields(body.Object, Names);
        var key = fields.Text("key", SessionRequest.KeyLengthMax, isRequired: true);
        if (fields.Errors.Any)
        {
            await Problems.WriteAsync(context, Problems.Invalid(fields.Errors.All));
            return;
        }

        // Who guesses has to wait before the key is looked at: here nobody but a person waits along.
        var attempts = limits.WrongKeys.Of(context.Connection.RemoteIpAddress);
        if (!attempts.HasToken(out var retryAfter))
        {
            audit.WriteRefusal(context, AuditAction.SignIn, Problems.KindOf(Problems.TooManyWrongKeys));
            await Problems.WriteLimitedAsync(context, Problems.TooManyWrongKeys, retryAfter);
            return;
        }

        if (keys.Find(key.AsSpan().Trim()) is not { Key: { } known } caller)
        {
            attempts.TryTake(out _);
            audit.WriteRefusal(context, AuditAction.SignIn, Problems.KindOf(Problems.KeyUnknown));
            await Problems.WriteAsync(context, Problems.KeyUnknown);
            return;
        }

        audit.WriteSignIn(context, caller);
        SessionCookie.Write(context, sessions.Issue(known));
        WriteNothing(context);
    }

    public Task GetAsync(HttpContext context)
    {
        var key = Caller.Of(context).Key;
        var session = new SessionResponse { SignedIn = key is not null, Required = keys.IsNeeded, Name = key?.Name };
        return Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, session, ApiJson.Context.SessionResponse);
    }

    public Task SignOutAsync(HttpContext context)
    {
        if (Caller.Of(context).Key is not null) audit.Write(context, AuditAction.SignOut, AuditOutcome.Done);
        SessionCookie.Delete(context);
        WriteNothing(context);
        return Task.CompletedTask;
    }

    private static void WriteNothing(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.CacheControl = "no-store";
    }
}
