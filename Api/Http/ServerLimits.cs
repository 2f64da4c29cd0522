using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Http;

/// <summary>What the server takes from anybody, before it knows who it is.</summary>
internal sealed class ServerLimits(IOptions<ApiOptions> api) : IConfigureOptions<KestrelServerOptions>
{
    // Slower than any telephone, faster than who wants to hold a connection for nothing.
    private const double BodyBytesPerSecondMin = 240;
    private const int HeadersBytesMax = 32 * 1024;
    private const int HeadersMax = 100;

    private static readonly TimeSpan BodyGracePeriod = TimeSpan.FromSeconds(5);

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;

        // A backstop behind the limit of our own: the server counts what frames the chunks of a body too.
        options.Limits.MaxRequestBodySize = 2 * RequestBody.BytesMax;
        options.Limits.MaxRequestHeadersTotalSize = HeadersBytesMax;
        options.Limits.MaxRequestHeaderCount = HeadersMax;
        options.Limits.RequestHeadersTimeout = api.Value.RequestHeadersTimeout;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecondMin, BodyGracePeriod);
        options.Limits.MinResponseDataRate = new MinDataRate(BodyBytesPerSecondMin, BodyGracePeriod);
        options.Limits.MaxConcurrentConnections = api.Value.ConnectionsMax;
        options.Limits.MaxConcurrentUpgradedConnections = 0;
    }
}
