using System.ComponentModel.DataAnnotations;
using StackExchange.Redis;

namespace CoffeePayment.Hosting.Redis;

/// <summary>Which Redis a cluster keeps everything in, and how long it is waited for.</summary>
public sealed class RedisOptions
{
    /// <summary>The address and credentials, as <see cref="RedisUrl"/> reads them. Required.</summary>
    [Required]
    public ConfigurationOptions? Configuration { get; set; }

    /// <summary>
    /// How long a call may take. Longer means that Redis does not answer: the call fails, its outcome unknown if it was
    /// a write. Default 5 s, from 10 ms to 1 min; less than a grain call may take (30 s).
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a start waits for Redis. Default 15 s, from 0 to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan StartPatience { get; set; } = TimeSpan.FromSeconds(15);
}
