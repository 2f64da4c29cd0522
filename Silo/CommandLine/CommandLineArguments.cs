using System.Globalization;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>What the command line asks for.</summary>
public sealed record CommandLineArguments
{
    /// <summary>The most orders that a demo registers.</summary>
    public const int DemoOrdersMax = 10_000;

    /// <summary>Whether only to say what there is.</summary>
    public bool ShowsHelp { get; private init; }

    /// <summary>The most silos that are started on one machine.</summary>
    public const int SilosMax = 16;

    /// <summary>How many silos to start as processes, with an API in front, 1 to 16; null: this process is the silo.</summary>
    public int? Silos { get; private init; }

    /// <summary>How many orders to play through, 1 to 10,000; null: no demo.</summary>
    public int? DemoOrders { get; private init; }

    /// <summary>Whether the process ends with the demo.</summary>
    public bool ExitsAfterDemo { get; private init; }

    /// <summary>The settings among the arguments, as <c>--NAME=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; private init; } = [];

    /// <summary>What is wrong, in one line; null if nothing is.</summary>
    public string? Error { get; private init; }

    /// <summary>Reads the arguments; whatever is not known is an error.</summary>
    public static CommandLineArguments Parse(IReadOnlyList<string> arguments)
    {
        var parsed = new CommandLineArguments();
        for (var i = 0; i < arguments.Count && parsed.Error is null; i++)
        {
            var (name, value) = Split(arguments[i]);
            switch (name)
            {
                case "--help" or "-h" or "-?" when value is null:
                    parsed = parsed with { ShowsHelp = true };
                    break;
                case "--demo":
                    parsed = parsed.WithDemo(value ?? (i + 1 < arguments.Count ? arguments[++i] : null));
                    break;
                case "--silos":
                    parsed = parsed.WithSilos(value ?? (i + 1 < arguments.Count ? arguments[++i] : null));
                    break;
                case "--exit" when value is null:
                    parsed = parsed with { ExitsAfterDemo = true };
                    break;
                default:
                    parsed = parsed.WithSetting(arguments[i]);
                    break;
            }
        }

        return parsed switch
        {
            { Error: null, ExitsAfterDemo: true, DemoOrders: null } =>
                parsed with { Error = "--exit goes with --demo N only." },
            { Error: null, Silos: not null, DemoOrders: not null } =>
                parsed with { Error = "--silos goes without --demo: the demo watches one process." },
            _ => parsed,
        };
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private CommandLineArguments WithDemo(string? number)
    {
        var isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var orders);
        return isNumber && orders is >= 1 and <= DemoOrdersMax
            ? this with { DemoOrders = orders }
            : this with { Error = $"--demo is '{number}': it must be a number of orders from 1 to {DemoOrdersMax}." };
    }

    private CommandLineArguments WithSilos(string? number)
    {
        var isNumber = int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var silos);
        return isNumber && silos is >= 1 and <= SilosMax
            ? this with { Silos = silos }
            : this with { Error = $"--silos is '{number}': it must be a number of processes from 1 to {SilosMax}." };
    }

    private CommandLineArguments WithSetting(string argument) =>
        SettingArgument.ErrorOf(argument) is { } error
            ? this with { Error = error }
            : this with { Settings = [.. Settings, argument] };
}
