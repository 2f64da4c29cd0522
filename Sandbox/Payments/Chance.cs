namespace CoffeePayment.Sandbox.Payments;

/// <summary>All that is random here, from one seed.</summary>
internal sealed class Chance(int? seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = seed is { } value ? new Random(value) : new Random();

    /// <summary>Whether an event of that probability happens this time. Certain ones use up no randomness.</summary>
    public bool Hits(double rate)
    {
        if (rate <= 0)
            return false;
        if (rate >= 1)
            return true;
        lock (_lock)
            return _random.NextDouble() < rate;
    }

    /// <summary>An id of 36 characters, as YooKassa's are.</summary>
    public string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
            _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
