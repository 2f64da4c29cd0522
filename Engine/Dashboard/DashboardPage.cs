using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>
/// The page: a document, its style and script, and the figures that the script reads again and again.
/// </summary>
internal sealed class DashboardPage
{
    // Its own style and script and nothing else, from nowhere else: what a grain is called cannot become code.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private readonly Asset _document = new("dashboard.html", "text/html; charset=utf-8");
    private readonly Asset _style = new("dashboard.css", "text/css; charset=utf-8");
    private readonly Asset _script = new("dashboard.js", "text/javascript; charset=utf-8");

    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("/", GetDocumentAsync);
        group.MapGet("/dashboard.css", _style.WriteAsync);
        group.MapGet("/dashboard.js", _script.WriteAsync);
        group.MapGet("/figures", GetFiguresAsync);
    }

    private Task GetDocumentAsync(HttpContext context)
    {
        // Relative addresses on the page need the slash.
        var (request, response) = (context.Request, context.Response);
        if (request.Path.Value is { Length: > 0 } path && !path.EndsWith('/'))
        {
            response.Redirect($"{request.PathBase}{request.Path}/{request.QueryString}", permanent: true);
            return Task.CompletedTask;
        }

        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        return _document.WriteAsync(context);
    }

    private static async Task GetFiguresAsync(HttpContext context)
    {
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        byte[] figures;
        try
        {
            var grains = context.RequestServices.GetRequiredService<IGrainFactory>();
            figures = await grains.GetGrain<IDashboardGrain>(0).GetAsync().WaitAsync(context.RequestAborted);
        }
        catch (Exception exception) when (exception is SiloUnavailableException or TimeoutException)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync("The cluster does not answer.", context.RequestAborted);
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = figures.Length;
        await response.Body.WriteAsync(figures, context.RequestAborted);
    }

    /// <summary>A file that is part of the assembly.</summary>
    private sealed class Asset
    {
        private readonly string _contentType;
        private readonly byte[] _content;
        private readonly string _etag;

        public Asset(string name, string contentType)
        {
            _contentType = contentType;
            using var resource = typeof(Asset).Assembly.GetManifestResourceStream(name)
                ?? throw new InvalidOperationException($"{name} is not in the assembly.");
            _content = new byte[resource.Length];
            resource.ReadExactly(_content);
            _etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 8))}\"";
        }

        public async Task WriteAsync(HttpContext context)
        {
            var response = context.Response;
            response.Headers.CacheControl = "no-cache";
            response.Headers.ETag = _etag;
            if (context.Request.Headers.IfNoneMatch == _etag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            response.ContentType = _contentType;
            response.ContentLength = _content.Length;
            await response.Body.WriteAsync(_content, context.RequestAborted);
        }
    }
}
