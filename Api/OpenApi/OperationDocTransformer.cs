using System.Text.Json;
using System.Text.Json.Nodes;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Input;
using CoffeePayment.Orders;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CoffeePayment.Api.OpenApi;

/// <summary>Adds to an operation what the framework cannot know: parameters, descriptions, examples, headers.</summary>
internal sealed class OperationDocTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var doc = context.Description.ActionDescriptor.EndpointMetadata.OfType<OperationDoc>().SingleOrDefault();
        if (doc is null) return Task.CompletedTask;

        operation.OperationId = doc.Id;
        operation.Summary = doc.Summary;
        operation.Description = doc.Description;
        operation.Parameters = [.. doc.Parameters.Select(ToParameter)];
        operation.Security = doc.IsOpen ? [] : [ApiDocumentTransformer.KeyRequirement(context.Document!)];
        if (doc.Body is { } body)
        {
            var contents = operation.RequestBody!.Content!;
            contents.Remove(DocumentedEndpoints.AnyContentType, out var content);
            content!.Example = ToNode(body.Example);
            contents.Add(Http.Responses.Json, content);
        }

        // The framework has put in those with a body, each with its schema, and a 200 of its own where there is none.
        var described = operation.Responses;
        operation.Responses = [];
        foreach (var answer in doc.Answers)
        {
            var status = answer.Status.ToString();
            var response = answer.Type is null ? new OpenApiResponse() : (OpenApiResponse)described![status];
            Fill(response, answer);
            operation.Responses.Add(status, response);
        }

        return Task.CompletedTask;
    }

    private static void Fill(OpenApiResponse response, AnswerDoc answer)
    {
        response.Description = answer.Description;
        if (response.Content is not null && answer.Example is not null)
            foreach (var content in response.Content.Values) content.Example = ToNode(answer.Example);

        if (answer.Headers is null) return;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        foreach (var (name, description) in answer.Headers)
        {
            response.Headers[name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }

    private static OpenApiParameter ToParameter(ParameterDoc doc) => new()
    {
        Name = doc.Name,
        In = doc.In switch
        {
            ParameterPlace.Path => ParameterLocation.Path,
            ParameterPlace.Query => ParameterLocation.Query,
            _ => ParameterLocation.Header,
        },
        Required = doc.IsRequired,
        Description = doc.Description,
        Schema = ToSchema(doc.Shape),
        Example = doc.Shape is ParameterShape.PageSize or ParameterShape.Flag
            ? JsonNode.Parse(doc.Example)
            : JsonValue.Create(doc.Example),
    };

    private static OpenApiSchema ToSchema(ParameterShape shape) => shape switch
    {
        ParameterShape.OrderId => new()
        {
            Type = JsonSchemaType.String,
            MinLength = 1,
            MaxLength = Identifiers.OrderIdLengthMax,
            Pattern = Identifiers.Pattern,
        },
        ParameterShape.OrderStatus => OneOf(WireNames.All<OrderStatus>()),
        ParameterShape.SchedulePart => OneOf(WireNames.All<SchedulePart>()),
        ParameterShape.PageSize => new()
        {
            Type = JsonSchemaType.Integer,
            Minimum = "1",
            Maximum = PageQuery.LimitMax.ToString(),
            Default = JsonValue.Create(PageQuery.LimitDefault),
        },
        ParameterShape.Flag => new() { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(value: false) },
        _ => new() { Type = JsonSchemaType.String },
    };

    private static OpenApiSchema OneOf(IEnumerable<string> names) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))],
    };

    private static JsonNode? ToNode(object example) => example is string text
        ? JsonValue.Create(text)
        : JsonSerializer.SerializeToNode(example, example.GetType(), ApiJson.Context);
}
