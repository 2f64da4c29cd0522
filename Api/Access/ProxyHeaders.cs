using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace CoffeePayment.Api.Access;

/// <summary>Takes a client's address and scheme from the proxies in front, and from nobody else.</summary>
internal static class ProxyHeaders
{
    /// <summary>
    /// Goes back through <c>X-Forwarded-For</c> from its end, where the nearest proxy has written, for as long as
    /// whoever wrote is trusted: what a client has put there itself comes before that and counts for nothing.
    /// </summary>
    public static void UseProxyHeaders(this WebApplication app, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count == 0) return;

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };

        // The framework trusts this machine by default.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in proxies) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }
}
