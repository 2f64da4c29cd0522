using System.Text.Json.Serialization;

namespace CoffeePayment.Orders;

/// <summary>How often an order's payment is checked.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Track>))]
public enum Track
{
    /// <summary>The payment is young (at most <c>FAST_TRACK_LIMIT_S</c>): every <c>FAST_TRACK_INTERVAL_S</c>.</summary>
    Fast,

    /// <summary>The payment is older: every <c>SLOW_TRACK_INTERVAL_S</c>.</summary>
    Slow,

    /// <summary>The order was given up: a few late checks (<c>LATE_CHECKS</c>), made by the sweeper.</summary>
    Late,
}
