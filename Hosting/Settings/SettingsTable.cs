using System.Net;
using CoffeePayment.Hosting.Access;
using CoffeePayment.Orders;

namespace CoffeePayment.Hosting.Settings;

/// <summary>Every setting of the service, apart from those of further merchants.</summary>
/// <remarks>
/// The names are those of the system that this one replaces. Defaults and ranges of the rules are those of the grains'
/// options.
/// </remarks>
public static class SettingsTable
{
    private const string SecretText = "1 to 500 visible ASCII characters without blanks or commas";
    private const string IdText = "1 to 100 characters of A-Z a-z 0-9 _ . -, the first a letter or digit";
    private const string PortText = "a port number from 1 to 65535, or 0 for one that is free";
    private const string UrlText = "an http:// or https:// URL without user, query and fragment";

    public static readonly Setting<TimeSpan> SweepPeriod = Seconds(
        "PAYMENT_CHECK_INTERVAL_S", "10", 1, 3600, "how often the sweeper looks for orders that nobody looks after");

    public static readonly Setting<TimeSpan> FastTrackLimit = Seconds(
        "FAST_TRACK_LIMIT_S", "300", 1, 86_400, "up to which age a payment is on the fast track and counts as in time");

    public static readonly Setting<TimeSpan> FastTrackInterval = Seconds(
        "FAST_TRACK_INTERVAL_S", "5", 0.1m, 3600, "from one check to the next on the fast track");

    public static readonly Setting<TimeSpan> SlowTrackInterval = Seconds(
        "SLOW_TRACK_INTERVAL_S", "60", 0.1m, 86_400, "from one check to the next after that");

    public static readonly Setting<int> AttemptsLimit = new(
        "PAYMENT_ATTEMPTS_LIMIT",
        "10",
        "a whole number from 1 to 1000",
        "after how many checks in a row without an answer an order is given up",
        SettingParsers.Whole(1, 1000));

    public static readonly Setting<TimeSpan> ApiTimeout = Seconds(
        "PAYMENT_API_TIMEOUT_S", "3", 0.1m, 20, "how long a check may take: connect, send and read");

    public static readonly Setting<TimeSpan> OrderExpiration = new(
        "ORDER_EXPIRATION_MINUTES",
        "15",
        "a number of minutes from 0.02 to 43200",
        "after what time an unpaid order ends, unless it says so itself",
        SettingParsers.Time(TimeSpan.FromMinutes(1), 0.02m, 43_200));

    public static readonly Setting<IReadOnlyList<TimeSpan>> LateChecks = new(
        "LATE_CHECKS",
        "5m,1h,6h,24h",
        "a comma-separated list of ascending times with the unit s, m, h or d, at most 365d, or empty for none",
        "how long after giving an order up it is looked at again",
        SettingParsers.AscendingTimes)
    {
        IsEmptyMeant = true,
    };

    public static readonly Setting<TimeSpan> Retention = new(
        "RETENTION_DAYS",
        "30",
        "a number of days from 1 to 3650",
        "how long done orders can be read",
        SettingParsers.Time(TimeSpan.FromDays(1), 1, 3650));

    public static readonly Setting<Uri?> RedisUrl = new(
        "REDIS_URL",
        null,
        "redis://[user:password@]host:port/db or rediss://...",
        "set: a cluster on Redis; unset: one process on SQLite",
        AddressParsers.RedisUrl)
    {
        IsSecret = true,
    };

    public static readonly Setting<string> DataDirectory = new(
        "DATA_DIR", "data", "a directory that can be written to", "where coffee.db is", SettingParsers.AnyPath);

    public static readonly Setting<string> ClusterId = Id("CLUSTER_ID", "coffee", "which silos belong together");

    public static readonly Setting<string> ServiceId = Id("SERVICE_ID", "coffee", "whose data it is");

    public static readonly Setting<SiloHost> SiloAddress = new(
        "SILO_ADDRESS",
        "127.0.0.1",
        "an IP address of this machine, or 'hostname' for the first one that its host name stands for",
        "where a silo of a cluster listens, and where others reach it; CLUSTER_SECRET must be set for any but a "
            + "loopback address",
        AddressParsers.SiloHost);

    public static readonly Setting<int> SiloPort = Port("SILO_PORT", "11111", "where silos reach each other");

    public static readonly Setting<int> GatewayPort = Port("GATEWAY_PORT", "30000", "where clients reach the silo");

    public static readonly Setting<string?> ClusterSecret = Secret(
        "CLUSTER_SECRET", "what silos and clients of a cluster prove to each other that they know; unset: nothing");

    public static readonly Setting<string?> YookassaAccountId = new(
        "YOOKASSA_ACCOUNT_ID",
        null,
        IdText,
        "the YooKassa account of the merchant 'default'; unset: the sandbox plays YooKassa",
        SettingParsers.Matching<string?>(SettingParsers.IdPattern()));

    public static readonly Setting<string?> YookassaSecretKey =
        Secret("YOOKASSA_SECRET_KEY", "the secret key of that account");

    public static readonly Setting<Uri> YookassaApiUrl = new(
        "YOOKASSA_API_URL", "https://api.yookassa.ru/v3", UrlText, "where YooKassa answers", AddressParsers.RemoteUrl);

    public static readonly Setting<Uri?> TmetrHost = new(
        "TMETR_HOST",
        null,
        "host, host:port, or an http:// or https:// URL of one",
        "the coffee machines' telemetry service; unset: the sandbox plays the machine",
        AddressParsers.HostOrUrl);

    public static readonly Setting<string?> TmetrToken = Secret("TMETR_TOKEN", "the token for it");

    public static readonly Setting<bool> MachineDeduplicates = new(
        "MACHINE_DEDUPLICATES",
        "false",
        "true or false",
        "whether the machine makes one drink however often it gets a command, so that one may be sent again",
        SettingParsers.TrueOrFalse);

    public static readonly Setting<IReadOnlyList<ApiKey>?> ApiKeys = new(
        "API_KEYS",
        null,
        "comma-separated keys, each of " + SecretText + ", or NAME:sha256:HASH, no name twice",
        "who may use the API, as 'Authorization: Bearer <key>' or signed in to the console; unset: everybody on this "
            + "machine. A NAME has at most 64 of A-Z a-z 0-9 _ . -, a HASH is the key's SHA-256 in hexadecimal digits",
        ApiKeyEntries.TryParse)
    {
        IsSecret = true,
    };

    public static readonly Setting<int> ApiRateLimit = new(
        "API_RATE_LIMIT",
        "5000",
        "a whole number from 0 to 1000000",
        "how many requests a second each key may send to a process; 0: as many as it likes",
        SettingParsers.Whole(0, 1_000_000));

    public static readonly Setting<int> WebhookRateLimit = new(
        "WEBHOOK_RATE_LIMIT",
        "1000",
        "a whole number from 0 to 1000000",
        "how many webhooks a second a process takes, a quarter of them from one address; 0: as many as come",
        SettingParsers.Whole(0, 1_000_000));

    public static readonly Setting<IReadOnlyList<IPNetwork>?> WebhookNetworks = new(
        "WEBHOOK_NETWORKS",
        null,
        "comma-separated addresses and networks such as 10.0.0.0/8, or 'yookassa' for those that it publishes",
        "where webhooks may come from; unset: anywhere",
        NetworkParsers.Senders);

    public static readonly Setting<IReadOnlyList<IPNetwork>?> TrustedProxies = new(
        "TRUSTED_PROXIES",
        null,
        "comma-separated addresses and networks such as 10.0.0.0/8, each less than all addresses",
        "the proxies in front, whose X-Forwarded-For and X-Forwarded-Proto are believed; unset: nobody's are",
        NetworkParsers.Proxies);

    public static readonly Setting<IReadOnlyList<string>> Urls = new(
        "ASPNETCORE_URLS",
        "http://127.0.0.1:5080",
        "http://host:port or https://host:port, several separated by semicolons, ports from 0 (any) to 65535",
        "where the service listens",
        AddressParsers.ListenUrls);

    public static readonly Setting<Uri> SandboxUrl = new(
        "SANDBOX_URL",
        "http://127.0.0.1:5090",
        "http://host:port on a loopback address, port from 0 (any) to 65535",
        "where the sandbox listens when no provider is configured",
        AddressParsers.LoopbackUrl);

    public static readonly Setting<CustomerLanguage> Language = new(
        "LANGUAGE",
        "ru",
        "ru or en, or a locale of one of them such as en_US:en",
        "the language of what customers read",
        LanguageOf);

    public static readonly Setting<string> LogFile = new(
        "LOG_FILE",
        "logs/coffee_payment.log",
        "a file in a directory that can be written to",
        "where the log is: the file being written; 14 of them, dated and of at most 100 MB, are kept",
        SettingParsers.AnyPath);

    public static readonly Setting<string?> AuditFile = new(
        "AUDIT_FILE",
        null,
        "a file in a directory that can be written to",
        "where it is written down who did what, one JSON object a line; the date is added to the name, and 400 days "
            + "are kept; unset: LOG_FILE with .audit before its extension",
        SettingParsers.AnyPath!);

    public static readonly Setting<LogFormat> LogFormat = new(
        "LOG_FORMAT",
        "text",
        "text or json",
        "how lines of the log are written",
        SettingParsers.OneOf(("text", Settings.LogFormat.Text), ("json", Settings.LogFormat.Json)));

    public static readonly Setting<Uri?> OtlpEndpoint = new(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        null,
        UrlText,
        "where traces, metrics and logs are sent over OTLP",
        AddressParsers.OptionalRemoteUrl);

    /// <summary>All of them, in the order in which they are explained.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        SweepPeriod, FastTrackLimit, FastTrackInterval, SlowTrackInterval, AttemptsLimit, ApiTimeout, OrderExpiration,
        LateChecks, Retention, RedisUrl, DataDirectory, ClusterId, ServiceId, SiloAddress, SiloPort, GatewayPort,
        ClusterSecret, YookassaAccountId, YookassaSecretKey, YookassaApiUrl, TmetrHost, TmetrToken,
        MachineDeduplicates, ApiKeys, ApiRateLimit, WebhookRateLimit, WebhookNetworks, TrustedProxies, Urls,
        SandboxUrl, Language, LogFile, AuditFile, LogFormat, OtlpEndpoint,
    ];

    private static Setting<TimeSpan> Seconds(
        string name, string @default, decimal least, decimal most, string meaning) =>
        new(
            name,
            @default,
            $"a number of seconds from {least} to {most}",
            meaning,
            SettingParsers.Time(TimeSpan.FromSeconds(1), least, most));

    private static Setting<string> Id(string name, string @default, string meaning) =>
        new(name, @default, IdText, meaning, SettingParsers.Matching<string>(SettingParsers.IdPattern()));

    private static Setting<int> Port(string name, string @default, string meaning) =>
        new(name, @default, PortText, meaning, SettingParsers.Whole(0, 65535));

    private static Setting<string?> Secret(string name, string meaning) =>
        new(name, null, SecretText, meaning, SettingParsers.Matching<string?>(SettingParsers.SecretPattern()))
        {
            IsSecret = true,
        };

    // Many Linux desktops set LANGUAGE themselves, to a list of locales by preference.
    private static bool LanguageOf(string text, out CustomerLanguage value)
    {
        var language = text.Split('_', ':', '.', '-')[0].ToLowerInvariant();
        value = language == "en" ? CustomerLanguage.English : CustomerLanguage.Russian;
        return language is "ru" or "en";
    }
}

/// <summary>How lines of the log are written.</summary>
public enum LogFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>One JSON object a line.</summary>
    Json,
}
