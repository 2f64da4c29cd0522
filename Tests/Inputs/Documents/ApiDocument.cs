using System.Text.Json;

namespace CoffeePayment.Tests.Inputs.Documents;

/// <summary>The service's own OpenAPI document.</summary>
internal sealed class ApiDocument
{
    public const string Path = "/openapi/v1.json";

    private ApiDocument(JsonElement root)
    {
        Schemas = new SchemaReader(root);
        Operations =
        [
            .. from path in root.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               select Read(path.Name, operation),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public SchemaReader Schemas { get; }

    public static async Task<ApiDocument> ReadAsync(HttpClient http) =>
        new(await http.GetFromJsonAsync<JsonElement>(Path));

    public ApiOperation Operation(string id) => Operations.Single(operation => operation.Id == id);

    private static ApiOperation Read(string path, JsonProperty operation)
    {
        var parameters = operation.Value.TryGetProperty("parameters", out var list) ? list.EnumerateArray() : default;
        var body = operation.Value.TryGetProperty("requestBody", out var request)
            ? request.GetProperty("content").GetProperty("application/json").GetProperty("schema")
            : (JsonElement?)null;
        return new ApiOperation(
            operation.Value.GetProperty("operationId").GetString()!,
            operation.Name.ToUpperInvariant(),
            path,
            [.. parameters.Select(ReadParameter)],
            body,
            operation.Value.GetProperty("security").GetArrayLength() > 0,
            operation.Value.GetProperty("responses").EnumerateObject().ToDictionary(
                answer => int.Parse(answer.Name), answer => ReadAnswer(answer.Value)));
    }

    private static ApiParameter ReadParameter(JsonElement parameter) => new(
        parameter.GetProperty("name").GetString()!,
        parameter.GetProperty("in").GetString()!,
        parameter.TryGetProperty("required", out var isRequired) && isRequired.GetBoolean(),
        parameter.GetProperty("schema"));

    private static ApiAnswer ReadAnswer(JsonElement answer)
    {
        if (!answer.TryGetProperty("content", out var contents)) return new ApiAnswer(MediaType: null, Schema: null);

        var content = contents.EnumerateObject().Single();
        return new ApiAnswer(content.Name, content.Value.GetProperty("schema"));
    }
}
