using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CoffeePayment.Silo.Hosting;

namespace CoffeePayment.Silo.CommandLine;

/// <summary><c>run</c>: the service itself, which is also what happens without any command.</summary>
internal static class RunCommand
{
    /// <summary>The most orders that a demo registers.</summary>
    public const int DemoOrdersMax = 10_000;

    /// <summary>The most silos that are started on one machine.</summary>
    public const int SilosMax = 16;

    private static readonly Option<string?> Demo = Number(
        "--demo",
        "orders",
        DemoOrdersMax,
        $"Register so many orders (1 to {DemoOrdersMax}) that end in every way there is, with short intervals and in a "
            + "database of its own, and count how they ended");

    private static readonly Option<string?> Silos = Number(
        "--silos",
        "processes",
        SilosMax,
        $"Start so many silos (1 to {SilosMax}) and an API in front of them as processes of their own, on REDIS_URL or "
            + "on a redis-server that it starts too");

    private static readonly Option<bool> Exit = new("--exit")
    {
        Description = "End after the demo: 0 if every order ended as its script says, 1 if not",
    };

    public static Command Create() => AddTo(new Command("run", "Start the service: what happens without a command"));

    /// <summary>Makes a command start the service.</summary>
    public static Command AddTo(Command command)
    {
        command.Add(Demo);
        command.Add(Exit);
        command.Add(Silos);
        command.TakeSettings();
        command.Validators.Add(Relations);
        command.SetAction((arguments, _) => SiloProcess.RunAsync(Read(arguments)));
        return command;
    }

    /// <summary>What was asked for, of arguments without errors.</summary>
    public static RunArguments Read(ParseResult arguments) => new()
    {
        DemoOrders = NumberOf(arguments.GetValue(Demo)),
        Silos = NumberOf(arguments.GetValue(Silos)),
        ExitsAfterDemo = arguments.GetValue(Exit),
        Settings = SettingsArgument.Read(arguments),
    };

    private static void Relations(CommandResult result)
    {
        var isDemo = result.GetResult(Demo) is { Implicit: false };
        if (result.GetValue(Exit) && !isDemo) result.AddError("--exit goes with --demo N only.");
        if (isDemo && result.GetResult(Silos) is { Implicit: false })
            result.AddError("--silos goes without --demo: the demo watches one process.");
    }

    private static Option<string?> Number(string name, string things, int most, string description)
    {
        var option = new Option<string?>(name)
        {
            Description = description,
            HelpName = "N",
            Arity = ArgumentArity.ZeroOrOne,
        };
        option.Validators.Add(result =>
        {
            var text = result.Tokens.SingleOrDefault()?.Value;
            if (NumberOf(text) is not { } number || number < 1 || number > most)
                result.AddError($"{name} is '{text}': it must be a number of {things} from 1 to {most}.");
        });
        return option;
    }

    private static int? NumberOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
