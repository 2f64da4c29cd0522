using System.Text.Json;

namespace CoffeePayment.Tests.Inputs.Documents;

/// <summary>One call, as the OpenAPI document describes it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Path">With its parameters in braces.</param>
/// <param name="Parameters">Those in the path, the query and the headers.</param>
/// <param name="Body">The schema of the JSON that it takes; null if it takes none.</param>
/// <param name="NeedsKey">Whether it asks for an API key.</param>
/// <param name="Answers">What it may answer, by status.</param>
internal sealed record ApiOperation(
    string Id,
    string Method,
    string Path,
    IReadOnlyList<ApiParameter> Parameters,
    JsonElement? Body,
    bool NeedsKey,
    IReadOnlyDictionary<int, ApiAnswer> Answers)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>One parameter of a call.</summary>
/// <param name="Name">As it is sent.</param>
/// <param name="Place"><c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Schema">What it must be.</param>
internal sealed record ApiParameter(string Name, string Place, bool IsRequired, JsonElement Schema);

/// <summary>One answer to a call.</summary>
/// <param name="MediaType">Null if there is no body.</param>
/// <param name="Schema">Of the body; null if there is none.</param>
internal sealed record ApiAnswer(string? MediaType, JsonElement? Schema);
