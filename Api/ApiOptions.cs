using System.ComponentModel.DataAnnotations;

namespace CoffeePayment.Api;

/// <summary>What the API needs to be told by its host.</summary>
public sealed class ApiOptions
{
    /// <summary>
    /// <c>API_KEYS</c>: who sends one of them as <c>Authorization: Bearer</c> may call. Printable ASCII without blanks.
    /// Default: none, and then nobody is asked for one, which the host must allow on a loopback address only.
    /// </summary>
    public IReadOnlyList<string> Keys { get; set; } = [];

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
