using System.Net;

namespace CoffeePayment.Api.Access;

/// <summary>
/// Where a browser says that a request comes from. Programs that are no browsers say nothing; a page can keep a browser
/// from saying it, but cannot make it lie.
/// </summary>
internal static class RequestOrigin
{
    /// <summary>What only a script of the console's own page can send along: other sites' are not let.</summary>
    public const string ConsoleHeader = "X-CoffeePayment-Console";

    private const string ConsoleHeaderValue = "1";
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Whether a request may change something.</summary>
    public static bool IsUnsafe(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method)
            && !HttpMethods.IsOptions(request.Method);

    /// <summary>Whether the browser says that a page of another site's sent it.</summary>
    public static bool IsForeign(HttpRequest request) => Judge(request) == false;

    /// <summary>Whether a script of the console's sent it: the browser says so, and so does the script.</summary>
    public static bool IsConsole(HttpRequest request) =>
        Judge(request) == true && request.Headers[ConsoleHeader] == ConsoleHeaderValue;

    /// <summary>
    /// Whether the host that was asked for is this machine by a name of its own. A page whose name is pointed at this
    /// machine after it was loaded (DNS rebinding) asks for its own name. Old programs name no host at all.
    /// </summary>
    public static bool IsForThisMachine(HttpRequest request)
    {
        if (!request.Host.HasValue) return true;

        var host = request.Host.Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Whether the page is this service's own; null if nobody says anything.</summary>
    private static bool? Judge(HttpRequest request)
    {
        // Newer browsers judge by themselves, and know more than the service behind its proxies.
        var site = request.Headers[FetchSite];
        if (site.Count > 0) return site == "none" ? null : site == "same-origin";

        var origin = request.Headers.Origin;
        return origin.Count > 0 ? IsOwn(origin.ToString(), request.Host) : null;
    }

    // The scheme is the proxy's in front, which need not say what it was.
    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var url)
            && host.HasValue
            && string.Equals(url.IdnHost, host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
            && url.Port == (host.Port ?? (url.Scheme == Uri.UriSchemeHttps ? 443 : 80));
}
