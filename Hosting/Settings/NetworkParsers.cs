using System.Net;
using System.Net.Sockets;

namespace CoffeePayment.Hosting.Settings;

/// <summary>How networks are written: <c>10.0.0.0/8</c>, or an address for it alone, separated by commas.</summary>
internal static class NetworkParsers
{
    private const string YookassaWord = "yookassa";

    /// <summary>Where YooKassa's notifications come from: https://yookassa.ru/developers/using-api/webhooks.</summary>
    private const string Yookassa =
        "185.71.76.0/27,185.71.77.0/27,77.75.153.0/25,77.75.154.128/25,77.75.156.11,77.75.156.35,2a02:5180::/32";

    /// <summary>Networks that are each less than the whole world.</summary>
    public static bool Proxies(string text, out IReadOnlyList<IPNetwork>? value) =>
        Networks(text, out value) && value!.All(network => network.PrefixLength > 0);

    /// <summary>Networks, the word <c>yookassa</c> for those that it publishes.</summary>
    public static bool Senders(string text, out IReadOnlyList<IPNetwork>? value) =>
        Networks(text.Replace(YookassaWord, Yookassa, StringComparison.OrdinalIgnoreCase), out value);

    private static bool Networks(string text, out IReadOnlyList<IPNetwork>? value)
    {
        var parts = text.Split([',', '\n'], StringSplitOptions.TrimEntries);
        IPNetwork[] networks = [.. parts.Select(Network).OfType<IPNetwork>()];
        value = networks;
        return networks.Length == parts.Length;
    }

    private static IPNetwork? Network(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
            return IPNetwork.TryParse(text, out var network) && IsInFull(text.Split('/')[0]) ? network : null;

        return IPAddress.TryParse(text, out var address) && IsInFull(text)
            ? new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            : null;
    }

    // "10" would be 0.0.0.10.
    private static bool IsInFull(string address) =>
        address.Contains(':', StringComparison.Ordinal) || address.Count(c => c == '.') == 3;
}
