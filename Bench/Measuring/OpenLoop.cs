using System.Diagnostics;

namespace CoffeePayment.Bench.Measuring;

/// <summary>
/// Starts work on schedule, whether or not earlier work has ended, and measures each piece from its scheduled moment:
/// what a slow answer makes others wait for is part of the figure.
/// </summary>
internal static class OpenLoop
{
    /// <summary>
    /// With so much under way nothing is started: the delay counts, since work is measured from its schedule.
    /// </summary>
    private const int UnderWayMax = 2_000;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Runs all of it, each piece from a thread that keeps the schedule up to where it first waits; how long each took,
    /// in milliseconds, in order. What one throws ends all.
    /// </summary>
    /// <remarks>
    /// A thread, since a timer of .NET on Linux sees a clock that may step by 4 ms (CLOCK_MONOTONIC_COARSE): by such a
    /// timer, four pieces started at once where one a millisecond was scheduled, and half of what was measured at 1,000
    /// registrations a second was the wait for it.
    /// </remarks>
    public static async Task<double[]> RunAsync(int count, Pace pace, Func<int, Task> work, CancellationToken stop)
    {
        var durationsMs = new double[count];
        var all = new Task[count];
        var underWay = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.Factory.StartNew(Start, stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await Task.WhenAll(all);
        return durationsMs;

        void Start()
        {
            for (var next = 0; next < count;)
            {
                Thread.Sleep(Tick);
                stop.ThrowIfCancellationRequested();
                var scheduled = Math.Min(count, pace.ScheduledAt(Stopwatch.GetElapsedTime(started)));
                for (; next < scheduled && Volatile.Read(ref underWay) < UnderWayMax; next++)
                    all[next] = OneAsync(next);
            }
        }

        async Task OneAsync(int number)
        {
            Interlocked.Increment(ref underWay);
            try
            {
                await work(number);
            }
            finally
            {
                Interlocked.Decrement(ref underWay);
            }

            durationsMs[number] = (Stopwatch.GetElapsedTime(started) - pace.TimeOf(number)).TotalMilliseconds;
        }
    }
}
