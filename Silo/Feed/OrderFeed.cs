using System.Threading.Channels;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Feed;

/// <summary>
/// Prints a line for every change of status; above <see cref="LinesPerSecond"/> one line a second for the rest
/// together. Grains only put changes into a bounded queue: what does not fit is missing from the lines, never from the
/// counts.
/// </summary>
public sealed class OrderFeed(StatusCounts counts, FeedLines lines, TextWriter output, TimeProvider time)
    : IOrderObserver, IAsyncDisposable
{
    /// <summary>How many lines a second a person may be shown one by one.</summary>
    public const int LinesPerSecond = 50;

    private const int QueueLength = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Channel<StatusChange> _changes = Channel.CreateBounded<StatusChange>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Dictionary<OrderStatus, long> _unshown = [];
    private Task _printing = Task.CompletedTask;
    private long _windowStart;
    private int _shown;
    private long _missed;

    /// <summary>Starts printing; changes seen before are printed first.</summary>
    public void Start() => _printing = Task.Run(PrintAsync);

    /// <inheritdoc />
    public void OrderChanged(PaymentOrder? before, PaymentOrder after)
    {
        if (StatusChange.Between(before, after) is not { } change) return;

        counts.Move(change.From, change.To);
        if (!_changes.Writer.TryWrite(change)) Interlocked.Increment(ref _missed);
    }

    /// <summary>Prints what is left and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _printing;
    }

    private async Task PrintAsync()
    {
        _windowStart = time.GetTimestamp();
        while (await WaitAsync())
        {
            while (_changes.Reader.TryRead(out var change))
                Show(change);
        }

        Summarize();
    }

    /// <summary>Waits for a change, or for the end of a second that has much to sum up; false at the end.</summary>
    private async Task<bool> WaitAsync()
    {
        var changed = _changes.Reader.WaitToReadAsync().AsTask();
        while (_unshown.Count > 0 && !changed.IsCompleted)
        {
            var left = Window - time.GetElapsedTime(_windowStart);
            if (left > TimeSpan.Zero) await Task.WhenAny(changed, Task.Delay(left, time));
            if (!changed.IsCompleted) Turn();
        }

        return await changed;
    }

    private void Show(StatusChange change)
    {
        if (time.GetElapsedTime(_windowStart) >= Window) Turn();

        if (_shown < LinesPerSecond)
        {
            _shown++;
            output.WriteLine(lines.Of(change, counts));
        }
        else
        {
            _unshown[change.To] = _unshown.GetValueOrDefault(change.To) + 1;
        }
    }

    private void Turn()
    {
        Summarize();
        _windowStart = time.GetTimestamp();
        _shown = 0;
    }

    private void Summarize()
    {
        if (_unshown.Count > 0) output.WriteLine(lines.OfMany(time.GetUtcNow(), _unshown, counts));
        _unshown.Clear();

        var missed = Interlocked.Exchange(ref _missed, 0);
        if (missed > 0) output.WriteLine($"... and {missed:N0} more changes, too fast to show; the counts have them");
    }
}
