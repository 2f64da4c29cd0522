using CoffeePayment.Tests.Api;
using CoffeePayment.Tests.Inputs.Documents;

namespace CoffeePayment.Tests.Inputs;

public sealed class DocumentTests
{
    /// <summary>What is left out of the document on purpose: the console's files, and the document.</summary>
    private static readonly string[] Undocumented = ["GET /console/{file}", $"GET {ApiDocument.Path}"];

    [Fact]
    public async Task Document_OfAllRoutesThatAreMapped_LeavesOutItselfAndTheConsolesFiles()
    {
        await using var api = await ApiHarness.StartAsync();
        var mapped =
            from endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            select $"{method} {endpoint.RoutePattern.RawText}";

        var document = await ApiDocument.ReadAsync(api.Http);

        Assert.Equal(Undocumented, mapped.Except(document.Operations.Select(operation => operation.ToString())));
    }
}
