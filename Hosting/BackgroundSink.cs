using System.Threading.Channels;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace CoffeePayment.Hosting;

/// <summary>
/// Hands log events to another sink on a thread of its own, so that nobody who logs waits for a disk or a terminal.
/// Where another process keeps the disk busy a line takes seconds; written by the orders themselves, one after the
/// other, such lines held up every thread, and calls that Redis had long answered ran into their timeouts.
/// </summary>
/// <remarks>
/// What comes while <see cref="WaitingMax"/> events wait is left out, and the log says how many were. A process that is
/// killed loses what waits, which with a disk that keeps up is that of the last <see cref="Rest"/>.
/// </remarks>
internal sealed class BackgroundSink : ILogEventSink, IDisposable
{
    /// <summary>Some seconds of a busy silo, and at most about 20 MB.</summary>
    public const int WaitingMax = 20_000;

    /// <summary>
    /// Between two looks at what waits. Woken for each line, the thread cost a tenth of the silo's processor time at
    /// 10,000 registrations a second, half of it spinning before it slept, and took the processor from those who work.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    private static readonly MessageTemplate LeftOut =
        new MessageTemplateParser().Parse("{Count} lines are missing here: the log could not be written fast enough");

    private readonly ILogEventSink _inner;
    private readonly TimeProvider _time;
    private readonly Thread _writer;
    private readonly Channel<LogEvent> _waiting = Channel.CreateBounded<LogEvent>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ManualResetEvent _closing = new(initialState: false);

    private long _leftOut;

    /// <summary>Starts the thread.</summary>
    /// <param name="inner">Where events go; disposed with this one if it can be.</param>
    /// <param name="time">Dates the line about those that were left out.</param>
    public BackgroundSink(ILogEventSink inner, TimeProvider time)
    {
        _inner = inner;
        _time = time;
        _writer = new Thread(Write) { IsBackground = true, Name = "log" };
        _writer.Start();
    }

    public void Emit(LogEvent logEvent)
    {
        if (!_waiting.Writer.TryWrite(logEvent)) Interlocked.Increment(ref _leftOut);
    }

    /// <summary>Returns when everything that was logged before is written; the second time it does nothing.</summary>
    public void Dispose()
    {
        if (!_waiting.Writer.TryComplete()) return;

        _closing.Set();
        _writer.Join();
        _closing.Dispose();
        (_inner as IDisposable)?.Dispose();
    }

    private void Write()
    {
        var reader = _waiting.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (reader.TryRead(out var logEvent)) _inner.Emit(logEvent);
            TellWhatIsMissing();
            _closing.WaitOne(Rest);
        }
    }

    private void TellWhatIsMissing()
    {
        if (Interlocked.Exchange(ref _leftOut, 0) is not (> 0 and var count)) return;

        _inner.Emit(new LogEvent(
            _time.GetLocalNow(),
            LogEventLevel.Warning,
            exception: null,
            LeftOut,
            [new LogEventProperty("Count", new ScalarValue(count))]));
    }
}
