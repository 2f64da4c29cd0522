using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using CoffeePayment.Silo.Client;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>The options of every command that talks to the service, and how such a command runs.</summary>
internal static class ConnectionOptions
{
    private const double TimeoutDefault = 30;
    private const double TimeoutMax = 600;

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print JSON: what the service answered, a refusal included",
    };

    private static readonly Option<string?> Url = new("--url")
    {
        Description = "Where the service is (the first address of ASPNETCORE_URLS, or http://127.0.0.1:5080)",
        HelpName = "http://host:port",
    };

    private static readonly Option<string?> KeyFile = new("--key-file")
    {
        Description = "A file with the API key (COFFEE_API_KEY, COFFEE_API_KEY_FILE, or the first key of API_KEYS that "
            + "is not a hash)",
        HelpName = "file",
    };

    private static readonly Option<double> Timeout = CreateTimeout();

    /// <summary>
    /// Adds the options, and runs the action with a connection; what goes wrong is one line and an exit code.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="action">What it does; returns the exit code.</param>
    /// <param name="connectionsMax">How many requests it may have under way at once.</param>
    public static void TalkToService(
        this Command command, Func<CommandContext, Task<int>> action, int connectionsMax = 2)
    {
        command.Add(Url);
        command.Add(KeyFile);
        command.Add(Timeout);
        command.Add(Json);
        command.SetAction((arguments, stop) => RunAsync(
            arguments,
            async interrupt =>
            {
                var configuration = ServiceAddress.ReadConfiguration();
                using var service = new ServiceConnection(
                    ServiceAddress.UrlOf(arguments.GetValue(Url), configuration),
                    ServiceAddress.KeyOf(arguments.GetValue(KeyFile), configuration),
                    TimeSpan.FromSeconds(arguments.GetValue(Timeout)),
                    connectionsMax);
                return await action(new CommandContext(arguments, service, arguments.GetValue(Json), interrupt));
            },
            stop));
    }

    /// <summary>Runs what a command does; what goes wrong is one line and an exit code.</summary>
    public static async Task<int> RunAsync(
        ParseResult arguments, Func<CancellationToken, Task<int>> action, CancellationToken stop)
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var ctrlC = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            return await action(interrupt.Token);
        }
        catch (CommandFailure failure)
        {
            var configuration = arguments.InvocationConfiguration;
            if (failure.Document is { } document && arguments.GetValue(Json)) configuration.Output.WriteLine(document);
            configuration.Error.WriteLine(failure.Message.ReplaceLineEndings(" "));
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }

        void Interrupt(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interrupt.Cancel();
        }
    }

    private static Option<double> CreateTimeout()
    {
        var timeout = new Option<double>("--timeout")
        {
            Description = "How long an answer may take, seconds",
            HelpName = "seconds",
            DefaultValueFactory = _ => TimeoutDefault,
            CustomParser = result => double.TryParse(
                result.Tokens.Single().Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var s)
                    ? s
                    : 0,
        };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= TimeoutMax))
                result.AddError($"--timeout must be a number of seconds from 0 to {TimeoutMax}.");
        });
        return timeout;
    }
}
