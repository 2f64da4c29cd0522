using System.Globalization;
using System.Text;
using CoffeePayment.Tests.Inputs.Documents;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Paths, queries and methods that are not what they should be.</summary>
internal static class TargetRequests
{
    // What a path that is no order's may come to: refused by the server, no such order, or another call by accident.
    private static readonly int[] NoOrder = [200, 204, 400, 404, 405, 414, 422];

    private static readonly string[] Methods =
        ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", new string('M', 2000)];

    private static readonly string[] NoPaths =
    [
        "/v1", "/v1/", "/v1/order", "/v2/orders", "/openapi/v2.json", "/openapi/", "/swagger", "/.env", "/favicon.ico",
        "/v1/orders/order-1/events/1", "/v1/orders/order-1/make", "/v1/webhooks", "/v1/webhooks/tbank", "/health", "//",
        "/v1//orders", "/sandbox/faults", "/%76%31/%6f", "/index.html", "/Api/Pages/index.html",
        "/" + new string('p', 4000),
    ];

    public static IEnumerable<InputRequest> Make(RequestMaker maker) => new[]
    {
        Paths(maker), Bytes(maker), maker.Operations.SelectMany(operation => Queries(maker, operation)),
        OtherMethods(maker), NoPaths.Select(path => NoSuchPath(path)),
    }.SelectMany(requests => requests);

    private static IEnumerable<InputRequest> Paths(RequestMaker maker) =>
        from operation in maker.Operations
        where operation.Path.Contains("{id}", StringComparison.Ordinal)
        from segment in StrangeValues.Segments
        select ToNoOrder(maker, operation, segment, "strange id");

    // Each byte as an id: as it is, and escaped.
    private static IEnumerable<InputRequest> Bytes(RequestMaker maker) =>
        from value in Enumerable.Range(0, 256)
        from segment in new[] { $"%{value:X2}", $"a{(char)value}b" }
        select ToNoOrder(maker, maker.Document.Operation("getOrder"), segment, "a byte as id");

    private static InputRequest ToNoOrder(RequestMaker maker, ApiOperation operation, string segment, string kind)
    {
        var body = operation.Body is null ? null : RequestMaker.Bytes(maker.BodyOf(operation));
        return RequestMaker.Request(kind, operation, operation.Path.Replace("{id}", segment), body) with
        {
            Statuses = NoOrder,
            IsBrokenHttp = true,
        };
    }

    private static IEnumerable<InputRequest> Queries(RequestMaker maker, ApiOperation operation)
    {
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.Place == "query"))
        {
            foreach (var value in StrangeValues.Query)
            {
                var query = $"{parameter.Name}={Uri.EscapeDataString(value)}";
                yield return WithQuery(maker, operation, parameter, query) with
                {
                    Statuses = StatusesOf(maker, operation, parameter, value, out var fields),
                    Fields = fields,
                };
            }

            var twice = $"{parameter.Name}={maker.ValueOf(parameter)}&{parameter.Name}={maker.ValueOf(parameter)}";
            yield return WithQuery(maker, operation, parameter, twice);
            foreach (var raw in new[] { "%", "%zz", "%C0%AF", "%ED%A0%80", "%FF", "\xE9", "a\x01", "{}", "[]", "\"" })
            {
                yield return WithQuery(maker, operation, parameter, $"{parameter.Name}={raw}") with
                {
                    IsBrokenHttp = true,
                };
            }
        }

        string[] odd = ["", "&&&", "=", "?", "a", "=a", "%00=%00", "refresh", new string('q', 7000), Many(1200)];
        foreach (var query in odd) yield return WithQuery(maker, operation, except: null, query);
    }

    private static InputRequest WithQuery(
        RequestMaker maker, ApiOperation operation, ApiParameter? except, string query)
    {
        var target = maker.TargetOf(operation);
        var others = except is { IsRequired: true } ? target.Split('?')[0] : target;
        var body = operation.Body is null ? null : RequestMaker.Bytes(maker.BodyOf(operation));
        return RequestMaker.Request(
            "strange query", operation, $"{others}{(others.Contains('?') ? '&' : '?')}{query}", body);
    }

    // A query is text: what it says is held against the schema by what it would be as JSON.
    private static IReadOnlyCollection<int>? StatusesOf(
        RequestMaker maker, ApiOperation operation, ApiParameter parameter, string value, out string[] fields)
    {
        var type = maker.Document.Schemas.Resolve(parameter.Schema).GetProperty("type").GetString();
        var json = type switch
        {
            "integer" when value.Length is > 0 and < 10 && value.All(char.IsAsciiDigit) => $"{int.Parse(value)}",
            "boolean" when bool.TryParse(value, out var flag) && !value.Contains('\0') => flag ? "true" : "false",
            _ => System.Text.Json.JsonSerializer.Serialize(value),
        };
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var isRight = !maker.Document.Schemas.Faults(document.RootElement, parameter.Schema, isClosed: true).Any();
        fields = isRight ? [] : [parameter.Name];
        return isRight ? null : [422];
    }

    private static IEnumerable<InputRequest> OtherMethods(RequestMaker maker) =>
        from path in maker.Operations.GroupBy(operation => operation.Path)
        from method in Methods
        where path.All(operation => operation.Method != method)
        select new InputRequest(
            "other method", path.First(), RequestText.Write(method, maker.TargetOf(path.First()), body: null))
        {
            Statuses = [405],
            Allow = string.Join(", ", path.Select(operation => operation.Method).Order(StringComparer.Ordinal)),
        };

    private static InputRequest NoSuchPath(string path) =>
        new("no such path", Operation: null, RequestText.Write("GET", path, body: null)) { Statuses = [404] };

    private static string Many(int count)
    {
        var query = new StringBuilder();
        for (var i = 0; i < count; i++) query.Append(CultureInfo.InvariantCulture, $"a{i}&");
        return query.ToString();
    }
}
