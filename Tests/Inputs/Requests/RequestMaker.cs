using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using CoffeePayment.Tests.Inputs.Documents;
using CoffeePayment.Tests.Inputs.Wire;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Makes requests of the document, for orders and payments that the service knows.</summary>
internal sealed class RequestMaker(
    ApiDocument document, IReadOnlyList<string> orders, IReadOnlyList<string> payments, Random random)
{
    private const string RegisterOrder = "registerOrder";
    private const string ResolveOrder = "resolveOrder";
    private const string SignIn = "signIn";
    private const string Webhook = "receiveYookassaNotification";

    private static readonly string[] Events =
        ["payment.succeeded", "payment.canceled", "payment.waiting_for_capture", "refund.succeeded"];

    private readonly Samples _samples = new(document.Schemas, random);
    private int _registrations;

    public ApiDocument Document => document;

    public Random Random => random;

    public IEnumerable<ApiOperation> Operations => document.Operations;

    public IEnumerable<ApiOperation> WithBody => document.Operations.Where(operation => operation.Body is not null);

    public ApiOperation Register => document.Operation(RegisterOrder);

    /// <summary>The path of a call, about one of the known orders, and the query that it needs.</summary>
    public string TargetOf(ApiOperation operation)
    {
        var path = operation.Path.Replace("{id}", orders[random.Next(orders.Count)]);
        var query = operation.Parameters.Where(parameter => parameter is { Place: "query", IsRequired: true });
        return path + string.Concat(query.Select(parameter => $"?{parameter.Name}={ValueOf(parameter)}"));
    }

    public string ValueOf(ApiParameter parameter) => parameter.Name == "cursor"
        ? Convert.ToBase64String(Encoding.UTF8.GetBytes("pending 1772366400000 order-1")).TrimEnd('=')
        : Uri.EscapeDataString($"{_samples.Make(parameter.Schema)}".ToLowerInvariant());

    /// <summary>A body that the call must take.</summary>
    public JsonObject BodyOf(ApiOperation operation)
    {
        var body = _samples.Make(operation.Body!.Value)!.AsObject();
        if (operation.Id == RegisterOrder) Complete(body);
        if (operation.Id == SignIn) body["key"] = RequestText.Key;
        if (operation.Id == Webhook)
        {
            body["type"] = "notification";
            body["event"] = Events[random.Next(Events.Length)];
            body["object"] = new JsonObject { ["id"] = AnyPayment(), ["payment_id"] = AnyPayment() };
        }

        return body;
    }

    /// <summary>A call as it should be; with a body, its statuses are those of success.</summary>
    public InputRequest Valid(ApiOperation operation, params string[] headers)
    {
        if (operation.Body is null) return Request("valid", operation, TargetOf(operation), body: null, headers);

        return Request("valid", operation, TargetOf(operation), Bytes(BodyOf(operation)), headers) with
        {
            Statuses = SuccessOf(operation),
        };
    }

    /// <summary>A call with that body; what is right for an answer is found out by the document's schema.</summary>
    public InputRequest WithThisBody(string kind, ApiOperation operation, byte[] body, params string[] headers)
    {
        var (statuses, fields) = Expect(operation, body);
        return Request(kind, operation, TargetOf(operation), body, headers) with
        {
            Statuses = statuses,
            Fields = fields,
        };
    }

    public static InputRequest Request(
        string kind, ApiOperation operation, string target, byte[]? body, params string[] headers) =>
        new(kind, operation, RequestText.Write(operation.Method, target, body, headers))
        {
            // Such an answer does not end by itself.
            After = operation.Answers.Values.Any(answer => answer.MediaType == "text/event-stream")
                ? AfterSending.BreaksOff
                : AfterSending.Reads,
        };

    public static IReadOnlyCollection<int> SuccessOf(ApiOperation operation) => operation.Id switch
    {
        RegisterOrder => [201],
        ResolveOrder => [200, 409],

        // Others have tried wrong keys from the same address.
        SignIn => [204, 429],
        _ => [200],
    };

    public static byte[] Bytes(JsonNode body) => Encoding.UTF8.GetBytes(body.ToJsonString(JsonSerializerOptions.Web));

    private static (IReadOnlyCollection<int> Statuses, IReadOnlyCollection<string> Fields) Expect(
        IEnumerable<string> faults, ApiOperation operation)
    {
        var fields = faults.Select(fault => fault.Split('.', ':')[0]).ToHashSet(StringComparer.Ordinal);
        var named = operation.Answers.Keys.Where(status => status < 500 && status is not (413 or 415)).ToHashSet();
        if (!named.Contains(422)) return (named, []);
        named.Remove(400);
        return fields.Count > 0 ? ([422], fields) : (named, []);
    }

    private (IReadOnlyCollection<int> Statuses, IReadOnlyCollection<string> Fields) Expect(
        ApiOperation operation, byte[] body)
    {
        var text = body.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? body.AsMemory(3) : body;
        if (!Utf8.IsValid(text.Span)) return ([400], []);
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return ([400], []);
            var faults = document.Schemas.Faults(json.RootElement, operation.Body!.Value, isClosed: false);
            return Expect(faults, operation);
        }
        catch (JsonException)
        {
            return ([400], []);
        }
    }

    private string AnyPayment() => payments[random.Next(payments.Count)];

    // What a schema cannot say: the one merchant that there is, and times that fit each other and now.
    private void Complete(JsonObject body)
    {
        var number = ++_registrations;
        body["id"] = $"fuzz-{number}";
        body["payment_reference_id"] = $"fuzz-payment-{number}";
        if (body["merchant_id"] is not null) body["merchant_id"] = "default";
        var startedAt = DateTimeOffset.UtcNow - TimeSpan.FromSeconds(random.Next(200));
        if (body["payment_started_at"] is not null) body["payment_started_at"] = startedAt.ToString("O");
        if (body["expires_at"] is not null) body["expires_at"] = startedAt.AddHours(1).ToString("O");
    }
}
