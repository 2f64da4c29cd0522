namespace CoffeePayment.Silo.Sqlite;

/// <summary>
/// How soon the next commit may start. A commit costs some 200 microseconds of processor time however little it
/// carries, so under load it pays to let the writes of some milliseconds come together; a few writes after a quiet
/// moment go at once.
/// </summary>
/// <param name="interval">One commit per interval in the long run; zero does not wait at all.</param>
/// <param name="burst">So many intervals may be used up in advance.</param>
internal sealed class CommitPace(TimeSpan interval, int burst)
{
    private readonly TimeSpan _allowance = interval * burst;
    private TimeSpan _paidUntil;

    /// <summary>How long to wait, at most; zero or less means go.</summary>
    /// <param name="now">Since any fixed moment.</param>
    public TimeSpan DelayAt(TimeSpan now) => _paidUntil - _allowance - now;

    /// <summary>Counts a commit that starts now.</summary>
    public void Start(TimeSpan now) => _paidUntil = (_paidUntil > now ? _paidUntil : now) + interval;
}
