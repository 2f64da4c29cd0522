using System.Diagnostics;
using CoffeePayment.Api.Access;
using CoffeePayment.Api.Limits;
using CoffeePayment.Hosting.Audit;

namespace CoffeePayment.Api.Audit;

/// <summary>Who did what, when, from where, and what came of it. Never a key.</summary>
internal sealed partial class AuditLog(ILoggerFactory loggers, TimeProvider time)
{
    /// <summary>What says of a registration that it is a part of an import, and so to be written down.</summary>
    public const string ImportHeader = "X-CoffeePayment-Import";

    // Whoever hammers at the door must not fill the disk; the metrics count them all.
    private const int RefusalsPerSecond = 10;
    private const int RefusalsAtOnce = 100;

    private readonly ILogger _logger = loggers.CreateLogger(AuditTrail.Category);
    private readonly TokenBucket _refusals = new(RefusalsPerSecond, RefusalsAtOnce, time);

    /// <summary>Writes down what somebody did.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action">What it was.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="order">The order that it was about; null if none.</param>
    /// <param name="detail">More on it: a resolution's outcome, a refusal's reason; null if there is none.</param>
    /// <param name="note">What they wrote; null if nothing.</param>
    public void Write(
        HttpContext context,
        AuditAction action,
        AuditOutcome outcome,
        string? order = null,
        string? detail = null,
        string? note = null) => WriteAs(Caller.Of(context), context, action, outcome, order, detail, note);

    /// <summary>Does something for somebody and writes it down, also where nobody knows what came of it.</summary>
    /// <returns>What it came to.</returns>
    public async Task<T> WriteAsync<T>(
        HttpContext context,
        AuditAction action,
        Func<Task<T>> act,
        Func<T, AuditOutcome> outcomeOf,
        string? order = null,
        string? detail = null,
        string? note = null)
    {
        var outcome = AuditOutcome.Unknown;
        try
        {
            var result = await act();
            outcome = outcomeOf(result);
            return result;
        }
        finally
        {
            Write(context, action, outcome, order, detail, note);
        }
    }

    /// <summary>Writes down that somebody signed in.</summary>
    public void WriteSignIn(HttpContext context, Caller caller) =>
        WriteAs(caller, context, AuditAction.SignIn, AuditOutcome.Done, order: null, detail: null, note: null);

    /// <summary>Writes down that somebody was not let in, and why, unless too many were not.</summary>
    public void WriteRefusal(HttpContext context, AuditAction action, string reason)
    {
        if (_refusals.TryTake(out _)) Write(context, action, AuditOutcome.Refused, detail: reason);
    }

    private void WriteAs(
        Caller caller,
        HttpContext context,
        AuditAction action,
        AuditOutcome outcome,
        string? order,
        string? detail,
        string? note) =>
        LogAction(
            caller.Name,
            WireNames.Of(caller.Proof),
            context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            WireNames.Of(action),
            order ?? "",
            WireNames.Of(outcome),
            detail ?? "",
            note?.ReplaceLineEndings(" ") ?? "",
            Activity.Current?.TraceId.ToString() ?? "");

    [LoggerMessage(
        EventId = 5201,
        Level = LogLevel.Information,
        Message = "{Who} (by {Proof}, from {From}): {Action} {Order} {Outcome} {Detail} {Note} trace {TraceId}")]
    private partial void LogAction(
        string who,
        string proof,
        string from,
        string action,
        string order,
        string outcome,
        string detail,
        string note,
        string traceId);
}

/// <summary>What is written down when somebody does it.</summary>
internal enum AuditAction
{
    /// <summary>Somebody said how an order ended.</summary>
    Resolve,

    /// <summary>Somebody had an order's payment checked.</summary>
    Check,

    /// <summary>Somebody had the orphans looked for.</summary>
    Sweep,

    /// <summary>Somebody registered an order from a file of another system's.</summary>
    Import,

    /// <summary>Somebody placed an order at the sandbox to see what becomes of it.</summary>
    TestOrder,

    /// <summary>Somebody signed in, or tried to.</summary>
    SignIn,

    /// <summary>Somebody signed out.</summary>
    SignOut,

    /// <summary>Somebody knocked who is not let in: a wrong key, too many requests, another site's page.</summary>
    Enter,
}

/// <summary>What came of it.</summary>
internal enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>It was not done: the order's rules forbid it, or they are not let.</summary>
    Refused,

    /// <summary>There is no such order.</summary>
    NotFound,

    /// <summary>Nobody knows: the service failed, or the answer was lost on its way.</summary>
    Unknown,
}
