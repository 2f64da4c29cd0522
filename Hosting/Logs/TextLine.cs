using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;

namespace CoffeePayment.Hosting.Logs;

/// <summary>A line of the log for people; with the trace it belongs to, if it belongs to one.</summary>
internal sealed class TextLine : ITextFormatter
{
    private const string Line =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} {Level:u4} {SourceContext}: {Message:lj}";

    private const string End = "{NewLine}{Exception}";

    private readonly MessageTemplateTextFormatter _plain = new(Line + End);
    private readonly MessageTemplateTextFormatter _traced = new(Line + " trace={TraceId}" + End);

    public void Format(LogEvent logEvent, TextWriter output) =>
        (logEvent.TraceId is null ? _plain : _traced).Format(logEvent, output);
}
