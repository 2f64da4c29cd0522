using System.ComponentModel.DataAnnotations;
using CoffeePayment.Orders;

namespace CoffeePayment.Grains;

/// <summary>The numbers behind the rules of an order's life. The names in the summaries are the settings.</summary>
public sealed class PaymentOptions
{
    /// <summary>How many times the make command is tried when the machine refuses it for certain.</summary>
    public const int MakeAttemptsLimit = 3;

    /// <summary>How long after a refusal the make command is tried again.</summary>
    public static readonly TimeSpan MakeRetryDelay = TimeSpan.FromSeconds(2);

    /// <summary><c>PAYMENT_CHECK_INTERVAL_S</c>: how often the sweeper looks for orphans. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SweepPeriod { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// <c>FAST_TRACK_LIMIT_S</c>: up to which age, inclusive, a payment is on the fast track and counts as paid in
    /// time. Default 300 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FastTrackLimit { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary><c>FAST_TRACK_INTERVAL_S</c>: from one check to the next on the fast track. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan FastTrackInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary><c>SLOW_TRACK_INTERVAL_S</c>: from one check to the next on the slow track. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan SlowTrackInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// <c>PAYMENT_ATTEMPTS_LIMIT</c>: after how many checks in a row without an answer the order is given up.
    /// Default 10.
    /// </summary>
    [Range(1, 1000)]
    public int AttemptsLimit { get; set; } = 10;

    /// <summary><c>PAYMENT_API_TIMEOUT_S</c>: how long one check may take. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:20")]
    public TimeSpan ApiTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// <c>ORDER_EXPIRATION_MINUTES</c>: after what age an unpaid order ends unless it says so itself. Default 15 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan OrderExpiration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// <c>LATE_CHECKS</c>: how long after giving an order up it is looked at again, ascending. Default 5 min, 1 h, 6 h,
    /// 24 h. Empty means never.
    /// </summary>
    public IReadOnlyList<TimeSpan> LateChecks { get; set; } =
        [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    /// <summary><c>RETENTION_DAYS</c>: how long a done order can be read. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// <c>MACHINE_DEDUPLICATES</c>: whether the machine makes one drink however often it gets a command id, so that a
    /// command whose outcome nobody knows may be sent again. Default false.
    /// </summary>
    public bool MachineDeduplicates { get; set; }

    /// <summary><c>LANGUAGE</c>: the language of what customers read. Default Russian.</summary>
    public CustomerLanguage Language { get; set; } = CustomerLanguage.Russian;

    /// <summary>
    /// How overdue a check must be before the sweeper takes its order for an orphan: one fast interval and one request,
    /// by which time a living grain has moved its entry.
    /// </summary>
    public TimeSpan SweepGrace => FastTrackInterval + ApiTimeout;
}
