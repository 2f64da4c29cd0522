namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>
/// Notices when the machine itself stands still, or has too much to do: a short wait that takes long.
/// </summary>
internal sealed class StallWatch
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private long _longest;

    /// <summary>The longest time in which nothing went on.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <summary>Watches until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            while (true)
            {
                var started = TimeProvider.System.GetTimestamp();
                await timer.WaitForNextTickAsync(stop);
                var gap = TimeProvider.System.GetElapsedTime(started);
                if (gap > Longest) Interlocked.Exchange(ref _longest, gap.Ticks);
            }
        }
        catch (OperationCanceledException)
        {
            // The campaign is over.
        }
    }
}
