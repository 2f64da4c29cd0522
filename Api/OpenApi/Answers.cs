using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.OpenApi;

/// <summary>The answers that several calls have in common.</summary>
internal static class Answers
{
    /// <summary>What any call may come to that needs the key, and the cluster behind the API.</summary>
    public static readonly IReadOnlyList<AnswerDoc> Failures =
    [
        OfProblem(
            Problems.ForeignPage, "Another site's page sent it, or it asks for a host that the service is not."),
        Limited(Problems.TooManyRequests, "More requests than a key may send in a second."),
        OfProblem(
            Problems.KeyUnknown,
            "The API key is missing or unknown.",
            Header("WWW-Authenticate", "How to send one.")),
        OfProblem(
            Problems.Unexpected("4bf92f3577b34da6a3ce929d0e0e4736"), "A fault of the service's; its log says more."),
        OfProblem(
            Problems.Unavailable,
            "Something that the service needs did not answer in time. Sending the same request again is safe.",
            Header("Retry-After", "After how many seconds to try again.")),
    ];

    /// <summary>What a call may come to that needs the key and nothing behind the API.</summary>
    public static readonly IReadOnlyList<AnswerDoc> AtTheDoor = [.. Failures.Where(answer => answer.Status < 500)];

    /// <summary>What may be wrong with a JSON body as a whole.</summary>
    public static readonly IReadOnlyList<AnswerDoc> BodyFaults =
    [
        OfProblem(Problems.Malformed("The body is not JSON: line 1, byte 17."), "The body is no JSON object."),
        OfProblem(Problems.TooLarge, "The body has more than 65536 bytes."),
        OfProblem(Problems.NotJson, "The content type is not JSON."),
    ];

    public static readonly AnswerDoc OrderNotFound =
        OfProblem(Problems.OrderNotFound, "There is no such order; nor can there be one, if the id is not one.");

    public static AnswerDoc Order(string description) =>
        new(StatusCodes.Status200OK, description, typeof(OrderResponse), Examples.Order);

    public static AnswerDoc Invalid(string field, string message) => OfProblem(
        Problems.Invalid(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [field] = [message] }),
        "Fields that are wrong, each with what is wrong with it; all of them at once.");

    public static AnswerDoc Limited(Problem problem, string description) =>
        OfProblem(problem, description, Header("Retry-After", "After how many seconds to try again."));

    public static AnswerDoc OfProblem(
        Problem problem, string description, IReadOnlyDictionary<string, string>? headers = null) =>
        new(problem.Status, description, typeof(Problem), problem, Problems.ContentType, headers);

    public static IReadOnlyDictionary<string, string> Header(string name, string description) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [name] = description };
}
