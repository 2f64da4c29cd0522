namespace CoffeePayment.Hosting.Clustering;

/// <summary>Keeps those who knock again and again from filling the log: a line a minute for each.</summary>
internal sealed class RarelyLogged(TimeProvider time)
{
    private const int AddressesMax = 1000;

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _loggedAt = new(StringComparer.Ordinal);

    /// <summary>Whether a line about that address may be written now; then the next one has to wait.</summary>
    public bool IsDue(string address)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_loggedAt.TryGetValue(address, out var then) && time.GetElapsedTime(then, now) < Pause) return false;

            // From so many addresses one line more or less does not matter.
            if (_loggedAt.Count >= AddressesMax) _loggedAt.Clear();
            _loggedAt[address] = now;
            return true;
        }
    }
}
