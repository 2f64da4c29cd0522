using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace CoffeePayment.Api.OpenApi;

/// <summary>Maps calls together with what the OpenAPI document says of them.</summary>
internal static class DocumentedEndpoints
{
    public static void MapDocumented(
        this IEndpointRouteBuilder endpoints, string method, string pattern, RequestDelegate handler, OperationDoc doc)
    {
        // The method's own info is what makes the framework describe an endpoint that it does not bind.
        var endpoint = endpoints.MapMethods(pattern, [method], handler)
            .WithMetadata(handler.Method, doc)
            .WithName(doc.Id)
            .WithTags(doc.Tag);

        if (doc.IsOpen) endpoint.WithMetadata(new AllowAnonymousAttribute());
        if (doc.Body is { } body) endpoint.WithMetadata(new AcceptsMetadata([Http.Responses.Json], body.Type));
        foreach (var answer in doc.Answers)
        {
            endpoint.WithMetadata(answer.Type is { } type
                ? new ProducesResponseTypeMetadata(answer.Status, type, [answer.ContentType])
                : new ProducesResponseTypeMetadata(answer.Status));
        }
    }
}
