namespace CoffeePayment.Grouping;

/// <summary>
/// How soon the next of what costs the same however little it carries may start, a commit say: under load it pays to
/// let the work of some milliseconds come together; a little after a quiet moment goes at once.
/// </summary>
/// <param name="interval">One per interval in the long run; zero does not wait at all.</param>
/// <param name="burst">So many intervals may be used up in advance.</param>
internal sealed class Pace(TimeSpan interval, int burst)
{
    private readonly TimeSpan _allowance = interval * burst;
    private TimeSpan _paidUntil;

    /// <summary>How long to wait, an interval at most; zero or less means go.</summary>
    /// <param name="now">Since any fixed moment.</param>
    public TimeSpan DelayAt(TimeSpan now) => _paidUntil - _allowance - now;

    /// <summary>
    /// Counts one that starts now. Those that did not wait put the next one off by an interval and no more: were they
    /// added up, a call that came alone after a busy minute would pay for that minute.
    /// </summary>
    public void Start(TimeSpan now)
    {
        var paidUntil = (_paidUntil > now ? _paidUntil : now) + interval;
        var atMost = now + _allowance + interval;
        _paidUntil = paidUntil < atMost ? paidUntil : atMost;
    }
}
