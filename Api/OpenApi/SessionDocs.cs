using CoffeePayment.Api.Access;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.OpenApi;

/// <summary>What the document says of the calls that sign people in and out.</summary>
internal static class SessionDocs
{
    private static readonly IReadOnlyList<AnswerDoc> Failures =
        [.. Answers.Failures.Where(answer => answer.Status is not (401 or 429 or 503))];

    public static readonly OperationDoc SignIn = new()
    {
        Id = "signIn",
        Tag = Tags.Sessions,
        Summary = "Sign in",
        Description = "Exchanges an API key for a session of 12 hours, in a cookie that browsers send along by "
            + "themselves. Requests with that cookie that change something must have the header "
            + $"'{RequestOrigin.ConsoleHeader}: 1' and come from a page of the service's own. A session ends early "
            + "when its key is taken out of API_KEYS.",
        IsOpen = true,
        Body = new BodyDoc(typeof(SessionRequest), Examples.SessionRequest),
        Answers =
        [
            new(StatusCodes.Status204NoContent, "Signed in.", Headers: Answers.Header("Set-Cookie", "The session.")),
            Answers.OfProblem(Problems.KeyUnknown, "The service does not know the key."),
            Answers.Invalid("key", "is required"),
            Answers.Limited(Problems.TooManyWrongKeys, "Too many wrong keys came from this address."),
            .. Answers.BodyFaults,
            .. Failures,
        ],
    };

    public static readonly OperationDoc Get = new()
    {
        Id = "getSession",
        Tag = Tags.Sessions,
        Summary = "Whether somebody is signed in",
        Description = "For the console, which asks for a key where one is needed.",
        IsOpen = true,
        Answers =
        [
            new(StatusCodes.Status200OK, "Who is signed in.", typeof(SessionResponse), Examples.Session),
            .. Failures,
        ],
    };

    public static readonly OperationDoc SignOut = new()
    {
        Id = "signOut",
        Tag = Tags.Sessions,
        Summary = "Sign out",
        Description = "Makes the browser forget the session, if there is one.",
        IsOpen = true,
        Answers =
        [
            new(StatusCodes.Status204NoContent, "Signed out.", Headers: Answers.Header("Set-Cookie", "No session.")),
            .. Failures,
        ],
    };
}
