using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace CoffeePayment.Hosting.Logs;

/// <summary>
/// Keeps a burst of failures from filling the log. When the storage is away thousands of orders a second say so: of
/// each fact, which is a message of a category at warning or above, the first lines of a minute are written, and at its
/// end one that says how many more there were.
/// </summary>
internal sealed class BurstSink : ILogEventSink, IDisposable
{
    /// <summary>How many lines of a fact are written within <see cref="Window"/>.</summary>
    public const int LinesMax = 20;

    /// <summary>Facts are messages of the source code. What is above this many is counted as one.</summary>
    private const int FactsMax = 1000;

    /// <summary>How often the counting begins anew.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly (string Category, string Template) OtherFacts = ("", "");

    private static readonly MessageTemplate Summary =
        new MessageTemplateParser().Parse("{Count} more lines like this within {Seconds} s: {Last:l}");

    private readonly ILogEventSink _log;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<(string Category, string Template), Fact> _facts = new();

    /// <summary>Begins to count.</summary>
    /// <param name="log">Where lines go; disposed with this if it can be.</param>
    /// <param name="time">Tells when a minute is over.</param>
    public BurstSink(ILogEventSink log, TimeProvider time)
    {
        _log = log;
        _time = time;
        _timer = time.CreateTimer(static sink => ((BurstSink)sink!).BeginAnew(), this, Window, Window);
    }

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Warning || FactOf(logEvent).Count(logEvent)) _log.Emit(logEvent);
    }

    /// <summary>Says what has not been said yet.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        BeginAnew();
        (_log as IDisposable)?.Dispose();
    }

    private static string CategoryOf(LogEvent logEvent) =>
        logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var category)
            && category is ScalarValue { Value: string name }
            ? name
            : "";

    private Fact FactOf(LogEvent logEvent)
    {
        var name = (CategoryOf(logEvent), logEvent.MessageTemplate.Text);
        if (_facts.TryGetValue(name, out var fact)) return fact;
        return _facts.GetOrAdd(_facts.Count < FactsMax ? name : OtherFacts, static _ => new Fact());
    }

    private void BeginAnew()
    {
        foreach (var (name, fact) in _facts)
        {
            var (seen, unwritten, last) = fact.BeginAnew();
            if (last is not null) _log.Emit(SummaryOf(unwritten, last));
            if (seen == 0) _facts.TryRemove(name, out _);
        }
    }

    private LogEvent SummaryOf(long unwritten, LogEvent last) => new(
        _time.GetLocalNow(),
        last.Level,
        exception: null,
        Summary,
        [
            new LogEventProperty("Count", new ScalarValue(unwritten)),
            new LogEventProperty("Seconds", new ScalarValue(Window.TotalSeconds)),
            new LogEventProperty("Last", new ScalarValue(last.RenderMessage())),
            new LogEventProperty(Constants.SourceContextPropertyName, new ScalarValue(CategoryOf(last))),
        ]);

    private sealed class Fact
    {
        private readonly Lock _gate = new();
        private long _seen;
        private LogEvent? _last;

        /// <summary>Whether this line of the fact is among the first.</summary>
        public bool Count(LogEvent logEvent)
        {
            lock (_gate)
            {
                if (++_seen <= LinesMax) return true;

                _last = logEvent;
                return false;
            }
        }

        /// <summary>How many lines there were, how many of them were not written, and the last of these.</summary>
        public (long Seen, long Unwritten, LogEvent? Last) BeginAnew()
        {
            lock (_gate)
            {
                var told = (_seen, _seen - LinesMax, _last);
                (_seen, _last) = (0, null);
                return told;
            }
        }
    }
}
