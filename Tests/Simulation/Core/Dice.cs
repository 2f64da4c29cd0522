namespace CoffeePayment.Tests.Simulation.Core;

/// <summary>
/// Random numbers by seed: SplitMix64, which no framework version will change. Each part of a simulation throws its own
/// dice, so that leaving out one part leaves the others as they were.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public Dice Of(string part)
    {
        var hash = 14695981039346656037ul;
        foreach (var letter in part) hash = (hash ^ letter) * 1099511628211ul;
        return new Dice(Mix(_state ^ hash));
    }

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 to <paramref name="end"/>, which is not included.</summary>
    public int Next(int end) => (int)(Next() % (ulong)end);

    public long Between(long first, long last) => first + (long)(Next() % (ulong)(last - first + 1));

    public TimeSpan Between(TimeSpan first, TimeSpan last) => TimeSpan.FromTicks(Between(first.Ticks, last.Ticks));

    public bool Hits(double probability) => probability > 0 && (Next() >> 11) * (1.0 / (1ul << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
