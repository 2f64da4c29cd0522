using System.ComponentModel.DataAnnotations;

namespace CoffeePayment.Silo.Sqlite;

/// <summary>Where the storage of a single process lies, and its bounds.</summary>
public sealed class SqliteOptions
{
    /// <summary>The folder of the database, <c>DATA_DIR</c>; created if it is not there. Default <c>data</c>.</summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>The database in <see cref="Directory"/>. Default <c>coffee.db</c>.</summary>
    [Required]
    public string FileName { get; set; } = "coffee.db";

    /// <summary>
    /// How many writes may wait for the writer; whoever comes then waits for a place. Default 16,384, from 1 to
    /// 1,000,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; set; } = 16_384;

    /// <summary>
    /// Under load, the least time from the start of one transaction to the next, so that more writes share it: a little
    /// latency for much less processor time, of which each costs some 200 microseconds. Default 2 ms, from 0 (never
    /// wait) to 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan CommitInterval { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// The same where all that waits is what checks have found. Default 8 ms, which at 4,000 checks a second saves a
    /// tenth of their processor time; from 0 to 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan PatientCommitInterval { get; set; } = TimeSpan.FromMilliseconds(8);

    /// <summary>
    /// How long a write may take, from waiting for a place in the queue until it is durable. Longer means that the disk
    /// does not answer: the write fails, its outcome unknown if it had started. Default 20 s, which is less than a
    /// grain call may take (30 s), from 10 ms to 10 min.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
