using System.CommandLine;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>All commands, and the way from arguments to an exit code.</summary>
internal static class CommandTree
{
    /// <summary>Response files are nobody's wish here: an argument that begins with @ is what it is.</summary>
    private static readonly ParserConfiguration Parsing = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>Does what the arguments ask for; the exit code.</summary>
    /// <param name="arguments">The arguments without the program's name.</param>
    /// <param name="output">Where answers go; null for the terminal.</param>
    /// <param name="error">Where errors go; null for the terminal.</param>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter? output = null, TextWriter? error = null)
    {
        var parsed = Parse(arguments);
        if (FirstError(parsed) is { } line)
        {
            await (error ?? Console.Error).WriteLineAsync(line.ReplaceLineEndings(" "));
            return ExitCodes.Usage;
        }

        // A host that runs deals with Ctrl+C itself, and so does every other command.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    /// <summary>What is wrong with the arguments, in one line; null if nothing is.</summary>
    public static string? FirstError(ParseResult parsed)
    {
        // Help is given whatever else is there.
        if (parsed.Action is { ClearsParseErrors: true }) return null;
        return parsed.CommandResult.Command is { Action: null, Name: var name, Subcommands: { Count: > 0 } parts }
            ? $"{name} what? {string.Join(", ", parts.Select(part => part.Name))}: '{name} --help' tells more."
            : (parsed.Errors.Count > 0 ? parsed.Errors[0].Message : null);
    }

    public static ParseResult Parse(IReadOnlyList<string> arguments) => Create().Parse(arguments, Parsing);

    private static RootCommand Create()
    {
        var root = new RootCommand(
            "CoffeePayment: checks the payments of coffee orders until they are made, refunded, or in front of a "
                + "person. Without a command it starts the service with everything it needs in one process; Ctrl+C "
                + "stops it. The other commands talk to a service that runs.")
        {
            RunCommand.Create(),
            InspectCommand.Create(),
            ServiceCommands.CreatePing(),
            OrderCommands.CreateOrder(),
            ListCommands.CreateOrders(),
            ListCommands.CreateAttention(),
            ListCommands.CreateFind(),
            OrderCommands.CreateCheck(),
            OrderCommands.CreateResolve(),
            ServiceCommands.CreateSweep(),
            ImportCommand.Create(),
            ConfigCommand.Create(),
            KeysCommand.Create(),
        };
        RunCommand.AddTo(root).WithExamples(
            "--demo 100", "--silos 3", "inspect stats", "order A-1042", "resolve A-1042 refunded", "ping --help");
        HelpPages.AddTo(root);
        return root;
    }
}
