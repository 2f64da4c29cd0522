namespace CoffeePayment.Api.Http;

/// <summary>
/// Tells browsers not to guess content types, not to run, load or frame anything, not to keep data and not to pass
/// addresses on. Pages say themselves what they need.
/// </summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // The official dashboard's page has its scripts and styles in it.
    private const string Dashboard =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/dashboard") ? Dashboard : Nothing;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
