using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Text.Json.Serialization;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// How YooKassa is asked. The names in the summaries are the settings; what has none is there for tests and for shops
/// whose traffic needs other numbers.
/// </summary>
public sealed class YookassaOptions
{
    /// <summary>
    /// <c>YOOKASSA_API_URL</c>: where the API is, http or https, without user name or query. Default
    /// <c>https://api.yookassa.ru/v3</c>.
    /// </summary>
    [Required]
    public Uri ApiUrl { get; set; } = new("https://api.yookassa.ru/v3");

    /// <summary>
    /// <c>PAYMENT_API_TIMEOUT_S</c>: how long one request may take from connecting to the last byte. Default 3 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:20")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How many requests of one merchant may be under way at once, each on a connection of its own; what exceeds it
    /// waits for its turn, and is not asked if that takes more than a second. Default 2048, which is 20,000 requests a
    /// second at a latency of 100 ms. It is also how many hang when an outage begins, however many orders there are,
    /// until the first of them time out and open the circuit.
    /// </summary>
    [Range(1, 100_000)]
    public int InFlightMax { get; set; } = 2048;

    /// <summary>
    /// Over how long failures are looked at together. Default 10 s: two checks of an order on the fast track.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SamplingDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many different orders must have failed within <see cref="SamplingDuration"/> before it counts as an outage.
    /// Default 5.
    /// </summary>
    [Range(2, 1000)]
    public int FailingOrdersMin { get; set; } = 5;

    /// <summary>
    /// Which share of the answers within <see cref="SamplingDuration"/> must have failed before it counts as an outage,
    /// an order's failures counting once. Default 0.5.
    /// </summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>
    /// How long nothing is asked after an outage was seen. Doubles each time the next try fails. Default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What <see cref="BreakDuration"/> grows to at most. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "01:00:00")]
    public TimeSpan BreakDurationMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Over how long the orders that were not asked come back, so that a provider just up again does not get them all
    /// at once. Default 5 s, one fast interval.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReturnSpread { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether requests carry trace headers and appear in traces. Costs CPU on every check. Default false.
    /// </summary>
    public bool PropagatesTraces { get; set; }

    /// <summary>
    /// The accounts that money is asked for in, by merchant id. Ids count exactly, letter case included.
    /// </summary>
    public IDictionary<string, YookassaMerchant> Merchants { get; } =
        new Dictionary<string, YookassaMerchant>(StringComparer.Ordinal);

    /// <summary>Whose accounts there are; never their keys.</summary>
    public override string ToString() => $"{ApiUrl} for {string.Join(", ", Merchants.Keys)}";
}

/// <summary>One merchant's account at YooKassa.</summary>
public sealed class YookassaMerchant
{
    /// <summary><c>YOOKASSA_ACCOUNT_ID</c>: the shop's id, the user name of basic authentication. No default.</summary>
    public string AccountId { get; set; } = "";

    /// <summary>
    /// <c>YOOKASSA_SECRET_KEY</c>: the shop's secret key. Never logged, stored or serialized. No default.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string SecretKey { get; set; } = "";

    /// <summary>Where this merchant's API is, if not at <see cref="YookassaOptions.ApiUrl"/>. Default null.</summary>
    public Uri? ApiUrl { get; set; }

    /// <summary>The account; never its key.</summary>
    public override string ToString() => $"account {AccountId}";
}
