namespace CoffeePayment.Silo.Yookassa;

/// <summary>Lets a message through once a minute, whoever says it.</summary>
internal sealed class LogInterval(TimeProvider timeProvider)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _last;

    public bool IsDue()
    {
        lock (_lock)
        {
            if (_last is { } last && timeProvider.GetElapsedTime(last) < Interval) return false;

            _last = timeProvider.GetTimestamp();
            return true;
        }
    }
}
