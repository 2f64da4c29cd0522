using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>What a silo logs, between the lines of a trace that somebody is going to read.</summary>
internal sealed class SiloLog(Trace trace, string silo) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Logger(trace, $"{silo} {categoryName.Split('.')[^1]}");

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("All goes into the trace.");

    public void Dispose()
    {
        // It holds nothing.
    }

    private sealed class Logger(Trace trace, string source) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;

            var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})";
            trace.Add($"{source} {logLevel}: {formatter(state, exception)}{cause}");
        }
    }
}
