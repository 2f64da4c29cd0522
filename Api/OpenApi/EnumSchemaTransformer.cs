using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CoffeePayment.Api.OpenApi;

/// <summary>
/// Says that words are strings, which the framework leaves open and generators of clients want to know.
/// </summary>
internal sealed class EnumSchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        if (!(Nullable.GetUnderlyingType(type) ?? type).IsEnum) return Task.CompletedTask;

        // That a field may be null is said where the field is, and not of the words that it may have.
        schema.Type = JsonSchemaType.String;
        schema.Enum = [.. schema.Enum!.OfType<JsonValue>()];
        return Task.CompletedTask;
    }
}
