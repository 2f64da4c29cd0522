namespace CoffeePayment.Hosting.Logs;

/// <summary>
/// Keeps what would be said again and again of one thing from filling the log: a line a minute for each.
/// </summary>
internal sealed class RarelyLogged(TimeProvider time)
{
    private const int ThingsMax = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _loggedAt = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a line about that address or merchant may be written now; then the next one has to wait.
    /// </summary>
    public bool IsDue(string thing)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_loggedAt.TryGetValue(thing, out var then) && time.GetElapsedTime(then, now) < Pause) return false;

            // Of so many things one line more or less does not matter.
            if (_loggedAt.Count >= ThingsMax) _loggedAt.Clear();
            _loggedAt[thing] = now;
            return true;
        }
    }
}
