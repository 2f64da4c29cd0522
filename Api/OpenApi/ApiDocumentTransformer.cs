using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CoffeePayment.Api.OpenApi;

/// <summary>Says what the document is about, and how to prove who is calling.</summary>
internal sealed class ApiDocumentTransformer : IOpenApiDocumentTransformer
{
    private const string KeyScheme = "api_key";

    /// <summary>That a call needs an API key.</summary>
    public static OpenApiSecurityRequirement KeyRequirement(OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] };

    public Task TransformAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CoffeePayment",
            Version = "v1",
            Description = "Checks the payments of coffee orders until they are decided, has the paid ones made, and "
                + "brings what a person must decide before one. JSON in snake case; every error is a problem detail "
                + "(RFC 9457).",
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The service that this document came from." }];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = Tags.Orders, Description = "Register orders, read them, follow them, end them." },
            new() { Name = Tags.Webhooks, Description = "What payment providers call." },
            new() { Name = Tags.Sessions, Description = "Signing in to the console." },
            new() { Name = Tags.Service, Description = "How the service is doing." },
        };

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "One of the keys in API_KEYS, or the session of somebody who signed in with one. A service "
                + "that listens on a loopback address may have none, and then asks for none, but answers to names of "
                + "this machine only.",
        };
        return Task.CompletedTask;
    }
}
