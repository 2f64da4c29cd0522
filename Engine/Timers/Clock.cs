namespace CoffeePayment.Engine.Timers;

/// <summary>The monotonic time of a provider, in ticks of 100 ns.</summary>
internal sealed class Clock
{
    private readonly bool _countsTimestamps;
    private readonly double _ticksPerTimestamp;

    public Clock(TimeProvider provider)
    {
        Provider = provider;
        _ticksPerTimestamp = (double)TimeSpan.TicksPerSecond / provider.TimestampFrequency;

        // A test's own provider may turn the wall clock only; then its timestamps would still be the machine's.
        _countsTimestamps = provider == TimeProvider.System
            || provider.GetType().GetMethod(nameof(TimeProvider.GetTimestamp))!.DeclaringType != typeof(TimeProvider);
    }

    public TimeProvider Provider { get; }

    public long Now =>
        _countsTimestamps ? (long)(Provider.GetTimestamp() * _ticksPerTimestamp) : Provider.GetUtcNow().UtcTicks;
}
