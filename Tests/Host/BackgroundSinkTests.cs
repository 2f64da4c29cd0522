using CoffeePayment.Hosting;
using CoffeePayment.Tests.Support;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace CoffeePayment.Tests.Host;

public sealed class BackgroundSinkTests
{
    [Fact]
    public void Emit_SinkThatIsStuck_KeepsNobodyWaitingAndLosesNothing()
    {
        using var stuck = new StuckSink();
        using (var sink = new BackgroundSink(stuck, new VirtualTimeProvider()))
        {
            for (var i = 0; i < 100; i++) sink.Emit(Line($"{i}"));
            stuck.Release();
        }

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), stuck.Lines);
    }

    [Fact]
    public void Emit_MoreThanMayWait_SaysHowManyAreMissing()
    {
        using var stuck = new StuckSink();
        using (var sink = new BackgroundSink(stuck, new VirtualTimeProvider()))
        {
            sink.Emit(Line("the first"));
            stuck.WaitUntilItIsStuck();
            for (var i = 0; i < BackgroundSink.WaitingMax + 7; i++) sink.Emit(Line("more"));
            stuck.Release();
        }

        Assert.Equal(BackgroundSink.WaitingMax + 2, stuck.Lines.Count);
        Assert.StartsWith("7 lines are missing here", stuck.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_Twice_IsNoFailure()
    {
        using var stuck = new StuckSink();
        var sink = new BackgroundSink(stuck, new VirtualTimeProvider());
        sink.Emit(Line("the last"));
        stuck.Release();

        sink.Dispose();
        sink.Dispose();

        Assert.Equal(["the last"], stuck.Lines);
    }

    private static LogEvent Line(string text) => new(
        DateTimeOffset.UnixEpoch,
        LogEventLevel.Information,
        exception: null,
        new MessageTemplateParser().Parse(text),
        []);

    /// <summary>Holds whoever writes up until it is released.</summary>
    private sealed class StuckSink : ILogEventSink, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private readonly ManualResetEventSlim _reached = new();

        public List<string> Lines { get; } = [];

        public void WaitUntilItIsStuck() => _reached.Wait(TimeSpan.FromSeconds(20));

        public void Release() => _released.Set();

        public void Emit(LogEvent logEvent)
        {
            _reached.Set();
            _released.Wait(TimeSpan.FromSeconds(20));
            Lines.Add(logEvent.RenderMessage());
        }

        public void Dispose()
        {
            _released.Dispose();
            _reached.Dispose();
        }
    }
}
