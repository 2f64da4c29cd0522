using Orleans.Hosting;

namespace Microsoft.Extensions.Hosting;

/// <summary>Puts a client of a cluster into a host.</summary>
public static class OrleansClientGenericHostExtensions
{
    /// <exception cref="NotSupportedException">The embedded engine has no clusters to be a client of.</exception>
    public static IHostApplicationBuilder UseOrleansClient(
        this IHostApplicationBuilder hostBuilder, Action<IClientBuilder> configureDelegate) =>
        throw new NotSupportedException("The embedded engine does not form clusters yet.");
}
