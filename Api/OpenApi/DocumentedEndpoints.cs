using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;

namespace CoffeePayment.Api.OpenApi;

/// <summary>Maps calls together with what the OpenAPI document says of them.</summary>
internal static class DocumentedEndpoints
{
    /// <summary>
    /// Any content type, as far as routing is concerned, which would refuse others on its own and say less about it.
    /// The document says what endpoints really take.
    /// </summary>
    public const string AnyContentType = "*/*";

    public static void MapDocumented(
        this IEndpointRouteBuilder endpoints, string method, string pattern, RequestDelegate handler, OperationDoc doc)
    {
        // The method's own info is what makes the framework describe an endpoint that it does not bind.
        var endpoint = endpoints.MapMethods(pattern, [method], handler)
            .WithMetadata(handler.Method, doc)
            .WithName(doc.Id)
            .WithTags(doc.Tag);

        if (doc.IsOpen) endpoint.WithMetadata(new AllowAnonymousAttribute());
        if (doc.Body is { } body) endpoint.WithMetadata(new AcceptsMetadata([AnyContentType], body.Type));
        foreach (var answer in doc.Answers)
        {
            if (answer.Type is { } type)
                endpoint.WithMetadata(new ProducesResponseTypeMetadata(answer.Status, type, [answer.ContentType]));
        }
    }
}
