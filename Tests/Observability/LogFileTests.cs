using System.Diagnostics;
using System.Text.Json;
using CoffeePayment.Hosting.Logs;
using CoffeePayment.Tests.Host;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace CoffeePayment.Tests.Observability;

public sealed partial class LogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("coffee-log-").FullName;

    private string File => Path.Combine(_folder, "coffee_payment.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CurrentFile_IsUnderTheNameOfTheSetting()
    {
        Write("text", LogOneLine);

        Assert.EndsWith("payment_status_service: One line", Assert.Single(System.IO.File.ReadAllLines(File)));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
        Assert.Matches(@"^coffee_payment\d{8}\.log$", new FileInfo(File).LinkTarget);
    }

    [Fact]
    public void CurrentFile_OfAnotherProgram_StaysAsItIs()
    {
        System.IO.File.WriteAllText(File, "of the system before");

        Write("text", LogOneLine);

        Assert.Equal("of the system before", System.IO.File.ReadAllText(File));
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void Line_WithinATrace_EndsWithItsId()
    {
        using var activity = new Activity("check").Start();

        Write("text", logger => LogPaid(logger, "order-1"));

        Assert.EndsWith($"Order order-1 is paid trace={activity.TraceId}", System.IO.File.ReadAllLines(File)[0]);
    }

    [Fact]
    public void JsonLine_WithinATrace_HasOrderAndTrace()
    {
        using var activity = new Activity("check").Start();

        Write("json", logger => LogPaid(logger, "order-1"));

        var line = JsonSerializer.Deserialize<JsonElement>(System.IO.File.ReadAllLines(File)[0]);
        Assert.Equal(activity.TraceId.ToString(), line.GetProperty("TraceId").GetString());
        Assert.Equal("order-1", line.GetProperty("Properties").GetProperty("OrderId").GetString());
        Assert.Equal(
            "payment_status_service", line.GetProperty("Properties").GetProperty("SourceContext").GetString());
    }

    private void Write(string format, Action<ILogger> write)
    {
        var settings = TestSettings.Read(("LOG_FILE", File), ("LOG_FORMAT", format)).Settings!;
        using var log = ServiceLog.Open(settings, new LoggingLevelSwitch(Serilog.Events.LevelAlias.Off));
        using var provider = new SerilogLoggerProvider(log);
        write(provider.CreateLogger("payment_status_service"));
    }

    [LoggerMessage(1, LogLevel.Information, "One line")]
    private static partial void LogOneLine(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Order {OrderId} is paid")]
    private static partial void LogPaid(ILogger logger, string orderId);
}
