using System.Net;
using System.Text.RegularExpressions;

namespace CoffeePayment.Hosting.Settings;

/// <summary>How addresses are written: where others listen, and where we do.</summary>
internal static partial class AddressParsers
{
    private const string HostName = "hostname";
    private const int PortMax = 65535;

    /// <summary>The address of somebody else's HTTP service; without the slash at its end.</summary>
    public static bool RemoteUrl(string text, out Uri value)
    {
        value = default!;
        if (!Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url)) return false;

        value = url;
        return IsHttp(url) && url is { UserInfo: "", Query: "", Fragment: "", Port: > 0 } && !HasBlank(text);
    }

    /// <summary>An unset address is null.</summary>
    public static bool OptionalRemoteUrl(string text, out Uri? value)
    {
        var isAllowed = RemoteUrl(text, out var url);
        value = url;
        return isAllowed;
    }

    /// <summary><c>host</c> or <c>host:port</c>, which mean https, or a URL that says which.</summary>
    public static bool HostOrUrl(string text, out Uri? value) =>
        OptionalRemoteUrl(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", out value);

    /// <summary>Addresses to listen on, separated by semicolons: scheme, host and port, nothing else.</summary>
    public static bool ListenUrls(string text, out IReadOnlyList<string> value)
    {
        var urls = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        value = urls;
        return urls.Length > 0 && Array.TrueForAll(urls, IsListenUrl);
    }

    /// <summary>One address to listen on that only this machine can reach, without TLS.</summary>
    public static bool LoopbackUrl(string text, out Uri value)
    {
        value = default!;
        if (!IsListenUrl(text) || !Uri.TryCreate(text, UriKind.Absolute, out var url)) return false;

        value = url;
        return url.Scheme == Uri.UriSchemeHttp && IsLoopback(text);
    }

    /// <summary><c>redis://[user:password@]host:port/db</c>, or <c>rediss://</c> for TLS.</summary>
    public static bool RedisUrl(string text, out Uri? value)
    {
        var isAllowed = Uri.TryCreate(text, UriKind.Absolute, out value)
            && value is { Scheme: "redis" or "rediss", Query: "", Fragment: "", Host.Length: > 0 }
            && DatabasePattern().IsMatch(value.AbsolutePath);
        return isAllowed;
    }

    /// <summary>An IP address that others can connect to, or <c>hostname</c>.</summary>
    public static bool SiloHost(string text, out SiloHost value)
    {
        var isHostName = string.Equals(text, HostName, StringComparison.OrdinalIgnoreCase);
        var isAddress = IPAddress.TryParse(text, out var address)
            && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any);
        value = new SiloHost(isAddress ? address : null);
        return isHostName || isAddress;
    }

    /// <summary>
    /// Whether only programs on this machine can reach the address. The server takes <c>localhost</c> and IP addresses
    /// for what they are, and any other name, <c>loopback</c> included, for all addresses of this machine.
    /// </summary>
    public static bool IsLoopback(string listenUrl)
    {
        var host = BindingAddress.Parse(listenUrl).Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }

    private static bool IsListenUrl(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            return address is { Scheme: "http" or "https", PathBase: "", Host.Length: > 0, Port: >= 0 and <= PortMax }
                && !address.IsUnixPipe && !address.IsNamedPipe && !HasBlank(text)
                && Uri.CheckHostName(address.Host is "*" or "+" ? "any" : address.Host) != UriHostNameType.Unknown;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsHttp(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    private static bool HasBlank(string text) => text.Any(char.IsWhiteSpace);

    [GeneratedRegex(@"\A/?([0-9]{1,5})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex DatabasePattern();
}
