using System.Collections.Concurrent;

namespace CoffeePayment.Tests.Yookassa;

/// <summary>Keeps everything that is logged, with all that a sink could print of it.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    private readonly ConcurrentQueue<Entry> _entries = new();

    public IReadOnlyList<Entry> Entries => [.. _entries];

    /// <summary>What was said at warning or above, as event ids.</summary>
    public IEnumerable<int> Warnings =>
        _entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.EventId);

    public ILogger CreateLogger(string categoryName) => new Recorder(this);

    public void Dispose()
    {
    }

    internal sealed record Entry(LogLevel Level, int EventId, string Text);

    private sealed class Recorder(LogRecorder owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "";
            owner._entries.Enqueue(
                new Entry(logLevel, eventId.Id, $"{formatter(state, exception)} {values} {exception}"));
        }
    }
}
