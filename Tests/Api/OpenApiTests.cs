using System.Text.Json;
using System.Text.Json.Serialization;
using CoffeePayment.Api;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Input;
using CoffeePayment.Tests.Api.Fakes;

namespace CoffeePayment.Tests.Api;

public sealed class OpenApiTests : IAsyncLifetime
{
    private static readonly string[] Calls =
    [
        "DELETE /v1/session",
        "GET /",
        "GET /health/live",
        "GET /health/ready",
        "GET /metrics",
        "GET /v1/attention",
        "GET /v1/checks",
        "GET /v1/console",
        "GET /v1/jobs",
        "GET /v1/orders",
        "GET /v1/orders/{id}",
        "GET /v1/orders/{id}/events",
        "GET /v1/schedule",
        "GET /v1/search",
        "GET /v1/session",
        "GET /v1/stats",
        "GET /v1/stats/events",
        "GET /v1/stats/history",
        "POST /v1/orders",
        "POST /v1/orders/{id}/check",
        "POST /v1/orders/{id}/resolve",
        "POST /v1/session",
        "POST /v1/sweeps",
        "POST /v1/test-orders",
        "POST /v1/webhooks/yookassa",
    ];

    private static readonly JsonSerializerOptions Strict = new(ApiJson.Context.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    private ApiHarness _api = null!;
    private JsonElement _document;
    private List<(string Call, JsonElement Operation)> _operations = null!;

    public async Task InitializeAsync()
    {
        _api = await ApiHarness.StartAsync(
            services: services => services.AddSingleton<ITestOrders>(new FakeTestOrders()));
        _document = (await _api.GetAsync("/openapi/v1.json")).Json;
        _operations =
        [
            .. from path in _document.GetProperty("paths").EnumerateObject()
               from method in path.Value.EnumerateObject()
               select ($"{method.Name.ToUpperInvariant()} {path.Name}", method.Value),
        ];
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public void Document_ListsEveryCallOnce()
    {
        Assert.StartsWith("3.1", _document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(Calls, _operations.Select(operation => operation.Call).Order(StringComparer.Ordinal));
        Assert.Equal(Calls.Length, _operations.Select(o => Text(o.Operation, "operationId")).Distinct().Count());
    }

    [Fact]
    public void Operations_All_AreDescribedWithTheirParametersAndAnswers()
    {
        var faults = _operations.SelectMany(o => FaultsOf(o.Operation).Select(fault => $"{o.Call}: {fault}"));

        Assert.Empty(faults);
    }

    [Fact]
    public void Operations_InTheirPath_NameEveryParameterOfIt()
    {
        foreach (var (call, operation) in _operations)
        {
            var named = operation.TryGetProperty("parameters", out var parameters)
                ? parameters.EnumerateArray().Where(p => Text(p, "in") == "path").Select(p => Text(p, "name"))
                : [];
            var expected = call.Contains("{id}", StringComparison.Ordinal) ? "id" : "";
            Assert.Equal((call, expected), (call, string.Join(',', named)));
        }
    }

    [Fact]
    public void Operations_ThatNeedAKey_SaySo()
    {
        var open = _operations
            .Where(o => o.Operation.GetProperty("security").GetArrayLength() == 0)
            .Select(o => o.Call)
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "DELETE /v1/session", "GET /", "GET /health/live", "GET /health/ready", "GET /v1/session",
                "POST /v1/session", "POST /v1/webhooks/yookassa",
            ],
            open);
        var scheme = _document.GetProperty("components").GetProperty("securitySchemes").GetProperty("api_key");
        Assert.Equal("bearer", Text(scheme, "scheme"));
    }

    [Fact]
    public void Examples_OfAnswers_FitTheShapesThatTheyAreExamplesOf()
    {
        var shapes = new Dictionary<string, Type>(StringComparer.Ordinal)
        {
            [nameof(OrderResponse)] = typeof(OrderResponse),
            [nameof(OrderListResponse)] = typeof(OrderListResponse),
            [nameof(SessionResponse)] = typeof(SessionResponse),
            [nameof(SweepResponse)] = typeof(SweepResponse),
            [nameof(StatsResponse)] = typeof(StatsResponse),
            [nameof(StatsHistoryResponse)] = typeof(StatsHistoryResponse),
            [nameof(ConsoleResponse)] = typeof(ConsoleResponse),
            [nameof(ScheduleResponse)] = typeof(ScheduleResponse),
            [nameof(ChecksResponse)] = typeof(ChecksResponse),
            [nameof(JobsResponse)] = typeof(JobsResponse),
            [nameof(HealthResponse)] = typeof(HealthResponse),
            [nameof(Problem)] = typeof(Problem),
        };
        var checkedShapes = new HashSet<string>(StringComparer.Ordinal);

        foreach (var content in _operations.SelectMany(o => ContentsOf(o.Operation.GetProperty("responses"))))
        {
            if (!content.GetProperty("schema").TryGetProperty("$ref", out var reference)) continue;

            var shape = reference.GetString()!.Split('/')[^1];
            Assert.NotNull(content.GetProperty("example").Deserialize(shapes[shape], Strict));
            checkedShapes.Add(shape);
        }

        Assert.Equal(shapes.Keys.Order(), checkedShapes.Order());
    }

    [Fact]
    public async Task Examples_OfRequests_AreAcceptedAsTheyAre()
    {
        var registered = await PostExampleAsync("POST /v1/orders", "/v1/orders");
        var id = registered.Json.GetProperty("id").GetString()!;
        var hinted = await PostExampleAsync("POST /v1/webhooks/yookassa", "/v1/webhooks/yookassa");
        _api.Cluster.Order(id).Change(order => order with { Status = CoffeePayment.Orders.OrderStatus.MakePending });
        var resolved = await PostExampleAsync("POST /v1/orders/{id}/resolve", $"/v1/orders/{id}/resolve");

        var placed = await PostExampleAsync("POST /v1/test-orders", "/v1/test-orders");

        Assert.Equal((201, 200, 200, 201), (registered.Status, hinted.Status, resolved.Status, placed.Status));
        Assert.Equal(5, _operations.Count(o => o.Operation.TryGetProperty("requestBody", out _)));
    }

    [Fact]
    public async Task Examples_OfParameters_AreAcceptedAsTheyAre()
    {
        foreach (var (call, operation) in _operations.Where(o => o.Call.StartsWith("GET ", StringComparison.Ordinal)))
        {
            if (!operation.TryGetProperty("parameters", out var parameters)) continue;

            var path = call[4..];
            var query = new List<string>();
            foreach (var parameter in parameters.EnumerateArray())
            {
                var example = parameter.GetProperty("example").ToString();
                if (Text(parameter, "in") == "path") path = path.Replace("{id}", example);
                if (Text(parameter, "in") == "query")
                    query.Add($"{Text(parameter, "name")}={example.ToLowerInvariant()}");
            }

            query.RemoveAll(part => part.StartsWith("cursor=", StringComparison.Ordinal));
            var answer = await _api.GetAsync($"{path}?{string.Join('&', query)}");
            Assert.True(answer.Status is 200 or 404, $"{call}: {answer.Status}");
        }
    }

    [Fact]
    public void Schemas_OfWords_AreStrings()
    {
        var words = Schemas().Where(schema => schema.Value.TryGetProperty("enum", out _)).ToList();

        Assert.Equal(
            [
                "CircuitState",
                "DrinkSize",
                "HistoryKind",
                "OrderStatus",
                "PaymentScenario",
                "ResolutionOutcome",
                "TestOrderEnding",
                "Track",
            ],
            words.Select(schema => schema.Name).Order(StringComparer.Ordinal));
        Assert.All(words, schema => Assert.Equal("string", Text(schema.Value, "type")));
    }

    [Fact]
    public void Schemas_All_DescribeEveryProperty()
    {
        var silent =
            from schema in Schemas()
            where schema.Value.TryGetProperty("properties", out _)
            from property in schema.Value.GetProperty("properties").EnumerateObject()
            where !property.Value.ToString().Contains("\"description\"", StringComparison.Ordinal)
            select $"{schema.Name}.{property.Name}";

        Assert.Empty(silent);
    }

    [Fact]
    public void Schema_OfRegistrations_HasTheFieldsThatAreRead()
    {
        var request = Schemas().Single(schema => schema.Name == nameof(OrderRequest)).Value;

        var documented = request.GetProperty("properties").EnumerateObject().Select(property => property.Name);

        Assert.Equal(RegistrationReader.FieldNames.Order(), documented.Order());
    }

    private static IEnumerable<string> FaultsOf(JsonElement operation)
    {
        if (Text(operation, "summary").Length == 0) yield return "no summary";
        if (Text(operation, "description").Length == 0) yield return "no description";
        if (operation.GetProperty("tags").GetArrayLength() != 1) yield return "not in one group";
        if (operation.TryGetProperty("requestBody", out var body))
            foreach (var fault in FaultsOf(body, "request")) yield return fault;
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var parameter in parameters.EnumerateArray())
            {
                if (Text(parameter, "description").Length == 0) yield return "a parameter without description";
                if (!parameter.TryGetProperty("schema", out _)) yield return "a parameter without schema";
                if (!parameter.TryGetProperty("example", out _)) yield return "a parameter without example";
            }
        }

        foreach (var response in operation.GetProperty("responses").EnumerateObject())
        {
            if (Text(response.Value, "description").Length == 0) yield return $"{response.Name} without description";
            foreach (var fault in FaultsOf(response.Value, response.Name)) yield return fault;
        }
    }

    private static IEnumerable<string> FaultsOf(JsonElement message, string name)
    {
        if (!message.TryGetProperty("content", out var contents))
        {
            if (name is not ("200" or "204")) yield return $"{name} has no body";
            yield break;
        }

        foreach (var content in contents.EnumerateObject())
        {
            if (content.Name.Contains('*')) yield return $"{name} is of any type";
            if (!content.Value.TryGetProperty("schema", out _)) yield return $"{name} without schema";
            if (!content.Value.TryGetProperty("example", out _)) yield return $"{name} without example";
        }
    }

    private static IEnumerable<JsonElement> ContentsOf(JsonElement responses) =>
        from response in responses.EnumerateObject()
        where response.Value.TryGetProperty("content", out _)
        from content in response.Value.GetProperty("content").EnumerateObject()
        select content.Value;

    private static string Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private IEnumerable<JsonProperty> Schemas() =>
        _document.GetProperty("components").GetProperty("schemas").EnumerateObject();

    private Task<Answer> PostExampleAsync(string call, string path)
    {
        var body = _operations.Single(o => o.Call == call).Operation.GetProperty("requestBody");
        var contents = body.GetProperty("content");
        return _api.PostAsync(path, contents.GetProperty("application/json").GetProperty("example").GetRawText());
    }
}
