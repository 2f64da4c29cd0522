namespace CoffeePayment.Api.Access;

/// <summary>
/// The cookie that carries a session: no script reads it, and no other site's page makes a browser send it.
/// </summary>
internal static class SessionCookie
{
    private const string Name = "coffee_session";

    // Browsers take a name that begins so only over https, from this host alone and for all of it.
    private const string SecureName = "__Host-" + Name;

    /// <summary>The token that a request carries; null if none.</summary>
    public static string? Read(HttpRequest request) =>
        request.Headers.Cookie.Count == 0 ? null : request.Cookies[NameFor(request)];

    public static void Write(HttpContext context, string token)
    {
        var options = OptionsFor(context.Request);
        options.MaxAge = Sessions.Lifetime;
        context.Response.Cookies.Append(NameFor(context.Request), token, options);
    }

    public static void Delete(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context.Request), OptionsFor(context.Request));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : Name;

    private static CookieOptions OptionsFor(HttpRequest request) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps,
    };
}
