using System.Globalization;
using StackExchange.Redis;

namespace CoffeePayment.Hosting.Redis;

/// <summary>
/// Reads <c>redis://[user:password@]host:port/db</c>, or <c>rediss://</c> for TLS. Port 6379 and database 0 if they are
/// left out; user and password may be percent-encoded. Nothing that is said about a bad one contains the password.
/// </summary>
public static class RedisUrl
{
    private const int PortDefault = 6379;

    // What everybody is called where Redis knows passwords only.
    private const string DefaultUser = "default";

    // Long enough for a busy Redis, short enough to be back soon after it.
    private const int ConnectTimeoutMs = 2000;
    private const int KeepAliveS = 10;

    /// <summary>What the URL says; null, and why, if it says nothing that can be used.</summary>
    /// <param name="text">The URL.</param>
    /// <param name="problem">
    /// What it should have been, to follow "must be"; empty if it can be used.
    /// </param>
    public static ConfigurationOptions? TryParse(string text, out string problem)
    {
        problem = "redis://[user:password@]host:port/db, or rediss:// for TLS";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url is not { Scheme: "redis" or "rediss", Query: "", Fragment: "", Host.Length: > 0 }
            || !TryReadDatabase(url.AbsolutePath, out var database))
            return null;

        var credentials = url.UserInfo.Split(':', 2);
        var user = Uri.UnescapeDataString(credentials[0]);
        var password = credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : "";
        if (password.Length == 0 && user.Length > 0)
        {
            problem = "an address with a password after the user's name, or without both (redis://user:password@host)";
            return null;
        }

        var options = NewOptions(user, ref problem);
        if (options is null) return null;

        options.EndPoints.Add(url.IdnHost.Trim('[', ']'), url.Port < 0 ? PortDefault : url.Port);
        options.DefaultDatabase = database;
        if (password.Length > 0) options.Password = password;
        if (url.Scheme == "rediss")
        {
            options.Ssl = true;
            options.SslHost = url.IdnHost;
        }

        problem = "";
        return options;
    }

    private static ConfigurationOptions? NewOptions(string user, ref string problem)
    {
        var isNamed = user.Length > 0 && user != DefaultUser;
        if (isNamed && user.AsSpan().IndexOfAny(',', '=') >= 0)
        {
            problem = "an address whose user's name has neither a comma nor an equals sign";
            return null;
        }

        try
        {
            var options = isNamed ? ConfigurationOptions.Parse($"user={user}") : new ConfigurationOptions();
            options.AbortOnConnectFail = false;
            options.ConnectTimeout = ConnectTimeoutMs;
            options.KeepAlive = KeepAliveS;
            options.ReconnectRetryPolicy = new LinearRetry(ConnectTimeoutMs / 2);
            return options;
        }
        catch (ArgumentException)
        {
            problem = "an address without a user's name (redis://:password@host), as the client of the embedded "
                + "engine logs in as \"default\" only; a user's name needs the official packages";
            return null;
        }
    }

    private static bool TryReadDatabase(string path, out int database)
    {
        var digits = path.TrimStart('/');
        database = 0;
        return path.Length <= digits.Length + 1
            && (digits.Length == 0
                || int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out database));
    }
}
