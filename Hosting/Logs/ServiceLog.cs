using CoffeePayment.Hosting.Audit;
using CoffeePayment.Hosting.Settings;
using Microsoft.Extensions.Configuration.Memory;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace CoffeePayment.Hosting.Logs;

/// <summary>
/// Where log events go: all of them to a file, warnings to the terminal too, on a thread that nobody waits for.
/// </summary>
internal static class ServiceLog
{
    private const int FilesKept = 14;
    private const long FileBytesMax = 100 * 1024 * 1024;

    // What went wrong in full is in the file.
    private const string ConsoleLine = "{Timestamp:HH:mm:ss}  {Level:w}: {Message:lj}{NewLine}";

    private static readonly Dictionary<string, string?> QuietLevels = new(StringComparer.Ordinal)
    {
        // Whatever else is set, who did what is written down.
        ["Logging:LogLevel:" + AuditTrail.Category] = "Information",

        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",

        // What official Orleans finds worth a warning and nobody can do anything about: workstation garbage collection
        // and frequent reminders, which are meant, a busy machine at the start, and each attempt to connect to a silo
        // that is gone. What comes of these is told by its membership, or by whoever made the call.
        ["Logging:LogLevel:Orleans.Hosting.ReminderOptionsValidator"] = "Error",
        ["Logging:LogLevel:Orleans.Messaging"] = "Critical",
        ["Logging:LogLevel:Orleans.Runtime.Messaging"] = "Error",
        ["Logging:LogLevel:Orleans.Runtime.Scheduler"] = "Error",
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = "Error",
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        ["Logging:LogLevel:Polly"] = "Critical",
    };

    /// <summary>Makes frameworks quiet, unless the configuration says otherwise.</summary>
    public static void AddQuietLevels(ConfigurationManager configuration) =>
        ((IConfigurationBuilder)configuration).Sources.Insert(
            0, new MemoryConfigurationSource { InitialData = QuietLevels });

    /// <summary>Opens the log.</summary>
    /// <param name="settings">Say where and how.</param>
    /// <param name="terminal">What the terminal shows; the file has everything.</param>
    public static Logger Open(ServiceSettings settings, LoggingLevelSwitch terminal)
    {
        var file = settings.Get(SettingsTable.LogFile);
        var lines = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.File(
                settings.Get(SettingsTable.LogFormat) == LogFormat.Json
                    ? new JsonFormatter(renderMessage: true)
                    : new TextLine(),
                file,
                fileSizeLimitBytes: FileBytesMax,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: FilesKept,
                hooks: new CurrentLogLink(Path.GetFullPath(file)))
            .WriteTo.Console(
                outputTemplate: ConsoleLine, levelSwitch: terminal, standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
        return new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .Enrich.With<WithoutRequestPath>()
            .WriteTo.Sink(new BurstSink(new BackgroundSink(lines, TimeProvider.System), TimeProvider.System))

            // Not in the background: who did what is in the file before they are answered.
            .WriteTo.Logger(audit => audit.Filter.ByIncludingOnly(AuditTrail.Has).WriteTo.File(
                new AuditFormatter(),
                settings.AuditFile,
                fileSizeLimitBytes: FileBytesMax,
                rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: null,
                retainedFileTimeLimit: AuditTrail.Kept))
            .CreateLogger();
    }
}
