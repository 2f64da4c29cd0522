using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using CoffeePayment.Api.Http;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Endpoints;

/// <summary>
/// The console: a page at <c>/</c> and what it loads, out of the assembly. They hold no data, so nobody is asked for a
/// key. Browsers keep them, and ask each time whether they are still the same.
/// </summary>
internal sealed class ConsoleFiles
{
    /// <summary>The page's media type, without its charset.</summary>
    public const string MediaType = "text/html";

    private const string Prefix = "console/";
    private const string Page = "index.html";

    /// <summary>
    /// Nothing but what this service itself serves, no script or style within the page, and no markup made of texts.
    /// </summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private readonly FrozenDictionary<string, ConsoleFile> _files;

    public ConsoleFiles(IOptions<ApiOptions> options)
    {
        var assembly = typeof(ConsoleFiles).Assembly;
        _files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                name => name[Prefix.Length..],
                name => Load(assembly.GetManifestResourceStream(name)!, name, options.Value.Language),
                StringComparer.Ordinal);
    }

    /// <summary>The page.</summary>
    public Task GetPageAsync(HttpContext context) => WriteAsync(context, _files[Page]);

    /// <summary>What the page loads.</summary>
    public Task GetFileAsync(HttpContext context) =>
        context.Request.RouteValues["file"] is string name && name != Page && _files.TryGetValue(name, out var file)
            ? WriteAsync(context, file)
            : Problems.WriteAsync(context, Problems.ForStatus(StatusCodes.Status404NotFound));

    private static ConsoleFile Load(Stream resource, string name, string language)
    {
        using var reader = new StreamReader(resource, Encoding.UTF8);
        var text = reader.ReadToEnd();
        if (name == Prefix + Page) text = text.Replace("{language}", language, StringComparison.Ordinal);

        var bytes = Encoding.UTF8.GetBytes(text);
        var type = Path.GetExtension(name) switch
        {
            ".html" => $"{MediaType}; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => throw new InvalidOperationException($"{name} is of no type that the console serves."),
        };
        return new ConsoleFile(bytes, type, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
    }

    private static async Task WriteAsync(HttpContext context, ConsoleFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.CacheControl = "no-cache";
        headers.ETag = file.Tag;
        if (context.Request.Headers.IfNoneMatch.Contains(file.Tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await Responses.WriteAsync(context, StatusCodes.Status200OK, file.Type, file.Bytes);
    }

    private sealed record ConsoleFile(byte[] Bytes, string Type, string Tag);
}
