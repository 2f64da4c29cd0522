using CoffeePayment.Hosting.Logs;
using CoffeePayment.Tests.Support;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace CoffeePayment.Tests.Observability;

public sealed class BurstSinkTests : IDisposable
{
    private readonly VirtualTimeProvider _time = new();
    private readonly List<LogEvent> _written = [];
    private readonly Logger _log;

    public BurstSinkTests()
    {
        var lines = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Sink(new ListSink(_written))
            .CreateLogger();
        _log = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Sink(new BurstSink(lines, _time))
            .CreateLogger();
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Burst_OfOneFact_IsItsFirstLinesAndThenTheirNumber()
    {
        for (var order = 1; order <= 5000; order++) _log.Error("Order {OrderId} was not stored", $"order-{order}");

        _time.Advance(BurstSink.Window);

        Assert.Equal(BurstSink.LinesMax + 1, _written.Count);
        Assert.Equal(
            "4980 more lines like this within 60 s: Order \"order-5000\" was not stored", _written[^1].RenderMessage());
        Assert.Equal(LogEventLevel.Error, _written[^1].Level);
    }

    [Fact]
    public void Burst_InEveryMinute_IsTheSameInEachOfThem()
    {
        for (var minute = 0; minute < 3; minute++)
        {
            for (var i = 0; i < 100; i++) _log.Warning("The provider does not answer");
            _time.Advance(BurstSink.Window);
        }

        Assert.Equal(3 * (BurstSink.LinesMax + 1), _written.Count);
    }

    [Fact]
    public void Facts_OfDifferentMessagesAndCategories_AreCountedApart()
    {
        for (var i = 0; i < BurstSink.LinesMax; i++)
        {
            _log.Warning("One thing");
            _log.Warning("Another thing");
            _log.ForContext(Constants.SourceContextPropertyName, "elsewhere").Warning("One thing");
        }

        Assert.Equal(3 * BurstSink.LinesMax, _written.Count);
    }

    [Fact]
    public void Decisions_HoweverMany_AreAllWritten()
    {
        for (var i = 0; i < 1000; i++) _log.Information("Order {OrderId} is paid", i);

        Assert.Equal(1000, _written.Count);
    }

    [Fact]
    public void Facts_WithoutEnd_AreCountedAsOneBeyondTheBound()
    {
        for (var i = 0; i < 3000; i++) _log.Warning($"message {i}");

        Assert.Equal(1000 + BurstSink.LinesMax, _written.Count);
    }

    [Fact]
    public void End_AfterABurst_SaysWhatWasNotWritten()
    {
        for (var i = 0; i < 100; i++) _log.Warning("The provider does not answer");

        _log.Dispose();

        Assert.Equal("80 more lines like this within 60 s: The provider does not answer", _written[^1].RenderMessage());
    }

    private sealed class ListSink(List<LogEvent> events) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => events.Add(logEvent);
    }
}
