using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Api;

/// <summary>What the API needs to be told by its host.</summary>
public sealed class ApiOptions
{
    /// <summary>
    /// <c>API_KEYS</c>: who sends one of them as <c>Authorization: Bearer</c>, or signs in with it, may call. Each has
    /// a name of its own. Default: none, and then nobody is asked for one, which the host must allow on a loopback
    /// address only.
    /// </summary>
    public IReadOnlyList<ApiKey> Keys { get; set; } = [];

    /// <summary>
    /// What sessions are signed with, beside the hash of the key that they were opened with. All processes that are to
    /// take each other's sessions must have the same. Default: random, so that sessions end with the process.
    /// </summary>
    public ReadOnlyMemory<byte> SessionSecret { get; set; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>
    /// <c>API_RATE_LIMIT</c>: how many requests a second each key may send to this process, and at once if it has been
    /// quiet. Default 0: as many as it likes. Without keys nothing is counted.
    /// </summary>
    [Range(0, 1_000_000)]
    public int RateLimit { get; set; }

    /// <summary>
    /// <c>WEBHOOK_RATE_LIMIT</c>: how many webhooks a second this process takes, a quarter of them from one address.
    /// Default 0: as many as come.
    /// </summary>
    [Range(0, 1_000_000)]
    public int WebhookRateLimit { get; set; }

    /// <summary>
    /// <c>WEBHOOK_NETWORKS</c>: where webhooks may come from. Default: none, and then they may come from anywhere.
    /// </summary>
    public IReadOnlyList<IPNetwork> WebhookNetworks { get; set; } = [];

    /// <summary>
    /// <c>TRUSTED_PROXIES</c>: whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Default:
    /// nobody's.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; set; } = [];

    /// <summary>How many connections may be open at once; more are closed at once. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 20_000;

    /// <summary>How long a request's head may take to come. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan RequestHeadersTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Whether there are credentials for a merchant. Default null: every merchant is taken for known.
    /// </summary>
    public Func<string, bool>? IsKnownMerchant { get; set; }

    /// <summary>
    /// Whether an exception tells of an outage, which passes (503), beyond those that the API knows by itself:
    /// timeouts, Orleans' own, databases and sockets. Default null: no others.
    /// </summary>
    public Func<Exception, bool>? IsOutage { get; set; }

    /// <summary>
    /// Whether the cluster has been reached at all; until it has, calls are answered with 503 at once. Default null: it
    /// has.
    /// </summary>
    public Func<bool>? IsConnected { get; set; }

    /// <summary>
    /// <c>LANGUAGE</c>: the console's, unless its user chose another; <c>ru</c> or <c>en</c>. Default ru.
    /// </summary>
    [AllowedValues("ru", "en")]
    public string Language { get; set; } = "ru";

    /// <summary><c>SERVICE_ID</c>, for the console to show. Default <c>coffee</c>.</summary>
    public string ServiceId { get; set; } = "coffee";

    /// <summary><c>CLUSTER_ID</c>, for the console to show. Default <c>coffee</c>.</summary>
    public string ClusterId { get; set; } = "coffee";

    /// <summary>
    /// How often an event stream on which nothing happens says that it is alive. Default 15 s, at most 20 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:20")]
    public TimeSpan EventKeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an event stream outlasts an order that cannot be reached. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan EventOutageLimit { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many event streams may be open at once; more are answered with 503. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int EventStreamsMax { get; set; } = 10_000;
}
