using System.Numerics;
using System.Runtime.InteropServices;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>
/// Counts the calls of one method. Each core counts in a line of memory of its own, so that a call costs some
/// nanoseconds and no allocation, however many cores are busy with the same method.
/// </summary>
internal sealed class CallCounter(string method)
{
    /// <summary>The time of a call that was not timed.</summary>
    public const long NotTimed = -1;

    private static readonly int Stripes =
        (int)Math.Min(16, BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount));

    private readonly Stripe[] _stripes = new Stripe[Stripes];
    private (long Calls, long Failures, long Timed, long Elapsed) _sampled;
    private volatile LastFailure? _lastFailure;

    public string Method => method;

    /// <summary>How many there have been until the last sample.</summary>
    public long Calls => _sampled.Calls;

    /// <summary>How many of them threw.</summary>
    public long Failures => _sampled.Failures;

    /// <summary>Null as long as none has failed.</summary>
    public LastFailure? LastFailure => _lastFailure;

    /// <summary>What there was from sample to sample, the newest last.</summary>
    public SampleRing<CallSample>? History { get; private set; }

    /// <param name="elapsed">How long it took, in ticks of the time provider, or <see cref="NotTimed"/>.</param>
    public void Count(long elapsed)
    {
        ref var stripe = ref _stripes[Thread.GetCurrentProcessorId() & (Stripes - 1)];
        Interlocked.Increment(ref stripe.Calls);
        if (elapsed == NotTimed) return;

        Interlocked.Increment(ref stripe.Timed);
        Interlocked.Add(ref stripe.Elapsed, elapsed);
        for (var slowest = Volatile.Read(ref stripe.Slowest); elapsed > slowest;)
        {
            var seen = Interlocked.CompareExchange(ref stripe.Slowest, elapsed, slowest);
            if (seen == slowest) break;
            slowest = seen;
        }
    }

    /// <summary>One of those that were or are about to be counted has failed.</summary>
    public void CountFailure(Exception exception, DateTimeOffset at)
    {
        Interlocked.Increment(ref _stripes[Thread.GetCurrentProcessorId() & (Stripes - 1)].Failures);
        _lastFailure = new LastFailure(exception.GetType().Name, at);
    }

    /// <summary>Adds what there was since the last sample to the history. By one thread at a time.</summary>
    public void Sample(TimeProvider time, int historyLength)
    {
        var (now, slowest) = (default((long Calls, long Failures, long Timed, long Elapsed)), 0L);
        foreach (ref var stripe in _stripes.AsSpan())
        {
            now.Calls += Volatile.Read(ref stripe.Calls);
            now.Failures += Volatile.Read(ref stripe.Failures);
            now.Timed += Volatile.Read(ref stripe.Timed);
            now.Elapsed += Volatile.Read(ref stripe.Elapsed);
            slowest = Math.Max(slowest, Interlocked.Exchange(ref stripe.Slowest, 0));
        }

        // Most methods of most grains are never called.
        if (History is null && now.Calls == 0) return;

        (History ??= new SampleRing<CallSample>(historyLength)).Add(new CallSample
        {
            Calls = now.Calls - _sampled.Calls,
            Failures = now.Failures - _sampled.Failures,
            Timed = now.Timed - _sampled.Timed,
            Elapsed = time.GetElapsedTime(0, now.Elapsed - _sampled.Elapsed),
            Slowest = time.GetElapsedTime(0, slowest),
        });
        _sampled = now;
    }

    // A whole line each, or what one core writes would throw out of the others' caches what they are about to.
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Stripe
    {
        public long Calls;
        public long Failures;
        public long Timed;
        public long Elapsed;
        public long Slowest;
    }
}

/// <summary>The last call that threw.</summary>
/// <param name="Exception">The name of what it threw; its message may hold what is nobody's business.</param>
/// <param name="At">When.</param>
internal sealed record LastFailure(string Exception, DateTimeOffset At);
