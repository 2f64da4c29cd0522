namespace CoffeePayment.Api.Limits;

/// <summary>
/// A bucket that holds a number of tokens and gets new ones at an even rate; without locks, timers or allocations.
/// </summary>
/// <remarks>
/// What is kept is one number, the time at which the bucket is full again (the generic cell rate algorithm), so that a
/// bucket costs a request two reads and a write, and thousands of buckets cost little.
/// </remarks>
internal sealed class TokenBucket
{
    private readonly TimeProvider _time;
    private readonly long _each;
    private readonly long _whole;
    private long _fullAt;

    /// <summary>A full bucket.</summary>
    /// <param name="perSecond">How many tokens come in a second; more than 0.</param>
    /// <param name="capacity">How many it holds; 1 or more.</param>
    /// <param name="time">The clock.</param>
    public TokenBucket(double perSecond, int capacity, TimeProvider time)
    {
        _time = time;
        _each = Math.Max(1, (long)(time.TimestampFrequency / perSecond));
        _whole = _each * capacity;
        _fullAt = time.GetTimestamp();
    }

    /// <summary>Whether nothing is missing, so that a new bucket would do as well.</summary>
    public bool IsFull => Volatile.Read(ref _fullAt) <= _time.GetTimestamp();

    /// <summary>Whether there is a token in it; nothing is taken.</summary>
    public bool HasToken(out TimeSpan retryAfter) => IsEnough(_time.GetTimestamp(), out _, out _, out retryAfter);

    /// <summary>Takes a token; false if there is none, and then when there will be one.</summary>
    public bool TryTake(out TimeSpan retryAfter)
    {
        while (IsEnough(_time.GetTimestamp(), out var fullAt, out var next, out retryAfter))
        {
            if (Interlocked.CompareExchange(ref _fullAt, next, fullAt) == fullAt) return true;
        }

        return false;
    }

    private bool IsEnough(long now, out long fullAt, out long next, out TimeSpan retryAfter)
    {
        fullAt = Volatile.Read(ref _fullAt);
        next = Math.Max(fullAt, now) + _each;
        var missing = next - now - _whole;
        retryAfter = missing > 0 ? _time.GetElapsedTime(0, missing) : TimeSpan.Zero;
        return missing <= 0;
    }
}
