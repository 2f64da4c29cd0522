using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.Endpoints;

/// <summary>The page at <c>/</c>: where to look.</summary>
internal static class HomePage
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly byte[] Html = Load();

    public static Task GetAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return Responses.WriteAsync(context, StatusCodes.Status200OK, "text/html; charset=utf-8", Html);
    }

    private static byte[] Load()
    {
        using var resource = typeof(HomePage).Assembly.GetManifestResourceStream("index.html")
            ?? throw new InvalidOperationException("The page index.html is not in the assembly.");
        var html = new byte[resource.Length];
        resource.ReadExactly(html);
        return html;
    }
}
