using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>What <c>--help</c> says beyond the options: examples, exit codes, and the settings.</summary>
internal static class HelpPages
{
    private const int Width = 120;

    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    /// <summary>Adds examples to the command's help, each without the program's name.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Lets the help of every command say so.</summary>
    public static void AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new Page();
    }

    private sealed class Page : SynchronousCommandLineAction
    {
        private readonly HelpAction _options = new() { MaxWidth = Width };

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            _options.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var command = parseResult.CommandResult.Command;
            if (Examples.TryGetValue(command, out var examples))
            {
                output.WriteLine("Examples:");
                foreach (var example in examples) output.WriteLine($"  ./run {example}");
                output.WriteLine();
            }

            output.Write(ExitCodes.Help);
            if (command.TakesSettings())
            {
                output.WriteLine();
                output.Write(SettingsText.Create(SettingsTable.All));
            }

            return ExitCodes.Done;
        }
    }
}
