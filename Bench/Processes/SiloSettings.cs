using System.Globalization;
using CoffeePayment.Bench.Options;

namespace CoffeePayment.Bench.Processes;

/// <summary>The settings of a silo that is measured, as environment variables.</summary>
internal static class SiloSettings
{
    /// <summary>Orders of these settings stay pending and on the fast track however long it takes.</summary>
    public static Dictionary<string, string> Create(
        BenchSizes sizes, Uri provider, Uri own, string folder, string? redisUrl)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = own.ToString().TrimEnd('/'),
            ["DATA_DIR"] = folder,
            ["LOG_FILE"] = Path.Combine(folder, "silo.log"),
            ["SILO_PORT"] = "0",
            ["GATEWAY_PORT"] = "0",
            ["YOOKASSA_ACCOUNT_ID"] = "sandbox",
            ["YOOKASSA_SECRET_KEY"] = "sandbox",
            ["YOOKASSA_API_URL"] = new Uri(provider, "v3").ToString(),
            ["TMETR_HOST"] = provider.ToString().TrimEnd('/'),
            ["TMETR_TOKEN"] = "sandbox",
            ["FAST_TRACK_INTERVAL_S"] = Seconds(sizes.Interval),
            ["PAYMENT_API_TIMEOUT_S"] = Seconds(sizes.ApiTimeout),
            ["FAST_TRACK_LIMIT_S"] = "86400",
            ["ORDER_EXPIRATION_MINUTES"] = "43200",
        };
        if (redisUrl is not null) settings["REDIS_URL"] = redisUrl;
        return settings;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString(CultureInfo.InvariantCulture);
}
