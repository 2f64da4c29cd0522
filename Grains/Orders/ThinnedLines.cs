namespace CoffeePayment.Grains.Orders;

/// <summary>
/// Lets some of many like lines into the log. Where the storage is away every order has one to write at every check,
/// with a stack trace: 20,000 orders filled 10 MB of log a second, and would push everything else out of it.
/// </summary>
public sealed class ThinnedLines(TimeProvider time)
{
    /// <summary>So many are written in each <see cref="Window"/>.</summary>
    public const int LinesPerWindow = 20;

    /// <summary>From the first line on.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _windowBegan;
    private int _lines;
    private long _leftOut;

    /// <summary>Whether a line may be written now.</summary>
    /// <param name="leftOut">If so, how many were left out since the last one that was.</param>
    public bool TryTake(out long leftOut)
    {
        lock (_gate)
        {
            if (_windowBegan is not { } began || time.GetElapsedTime(began) >= Window)
                (_windowBegan, _lines) = (time.GetTimestamp(), 0);

            var isTaken = _lines < LinesPerWindow;
            leftOut = isTaken ? _leftOut : 0;
            _lines += isTaken ? 1 : 0;
            _leftOut = isTaken ? 0 : _leftOut + 1;
            return isTaken;
        }
    }
}
