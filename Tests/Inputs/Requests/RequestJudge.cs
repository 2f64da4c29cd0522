using System.Text.Json;
using CoffeePayment.Tests.Inputs.Documents;
using CoffeePayment.Tests.Inputs.Wire;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Says what is wrong with an answer.</summary>
internal sealed class RequestJudge(ApiDocument document)
{
    // What a server says of a message that it does not pass on.
    private static readonly int[] OfTheServer = [400, 404, 405, 408, 411, 413, 414, 415, 417, 431];

    private readonly JsonElement _problem = document.Operations
        .SelectMany(operation => operation.Answers.Values)
        .First(answer => answer.MediaType == "application/problem+json").Schema!.Value;

    public IEnumerable<string> Faults(InputRequest request, RawAnswer answer)
    {
        if (answer.Status == 0) return request.IsBrokenHttp ? [] : ["There is no answer."];
        if (!IsRight(request, answer.Status)) return [$"{answer.Status} is not what it should be: {Text(answer)}"];
        if (request.After == AfterSending.BreaksOff || request.IsHead) return [];
        if (answer.Body is not { } body) return ["The answer is not whole."];
        if (answer.Status < 400) return SuccessFaults(request, answer, body);

        // What the server answers by itself has no body.
        if (request.IsBrokenHttp && body.Length == 0) return [];
        return ProblemFaults(request, answer, body);
    }

    private static bool IsRight(InputRequest request, int status)
    {
        if (request.IsBrokenHttp && OfTheServer.Contains(status)) return true;
        if (request.Statuses is { } statuses) return statuses.Contains(status);
        return status < 500 && request.Operation!.Answers.ContainsKey(status);
    }

    private IEnumerable<string> SuccessFaults(InputRequest request, RawAnswer answer, byte[] body)
    {
        // A path that is no order's may have led elsewhere.
        if (request.Operation?.Answers.GetValueOrDefault(answer.Status) is not { } described) yield break;
        if (described.MediaType is null)
        {
            if (body.Length > 0) yield return "There is a body that the document does not know.";
            yield break;
        }

        if (request.IsBrokenHttp && answer.MediaType != described.MediaType) yield break;
        if (answer.MediaType != described.MediaType) yield return $"The media type is {answer.MediaType}.";
        if (described.MediaType == "application/json")
            foreach (var fault in BodyFaults(body, described.Schema!.Value)) yield return fault;
        if (answer.Status == 201 && !answer.Headers.ContainsKey("Location")) yield return "There is no Location.";
    }

    private IEnumerable<string> ProblemFaults(InputRequest request, RawAnswer answer, byte[] body)
    {
        if (answer.MediaType != "application/problem+json")
        {
            yield return $"{answer.Status} comes as {answer.MediaType}: {Text(answer)}";
            yield break;
        }

        foreach (var fault in BodyFaults(body, _problem)) yield return fault;
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        if (problem.GetProperty("status").GetInt32() != answer.Status) yield return "The problem has another status.";
        if (request.Allow is { } allow && Sorted(answer.Headers.GetValueOrDefault("Allow")) != allow)
            yield return $"Allowed is {answer.Headers.GetValueOrDefault("Allow")}, and it should be {allow}.";
        if (answer.Status != 422) yield break;

        var named = problem.GetProperty("errors").EnumerateObject().Select(error => error.Name).ToHashSet();
        if (named.Count == 0) yield return "No field is named.";
        foreach (var field in request.Fields.Where(field => !named.Contains(field)))
            yield return $"{field} is not named, but {string.Join(", ", named)}.";
    }

    private IEnumerable<string> BodyFaults(byte[] body, JsonElement schema)
    {
        using var json = JsonDocument.Parse(body);
        return [.. document.Schemas.Faults(json.RootElement, schema, isClosed: true)];
    }

    private static string Sorted(string? methods) =>
        string.Join(", ", (methods ?? "").Split(',', StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));

    private static string Text(RawAnswer answer) => System.Text.Encoding.UTF8.GetString(answer.Body ?? []);
}
