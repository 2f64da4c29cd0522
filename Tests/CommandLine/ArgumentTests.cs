using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Tests.CommandLine;

public sealed class ArgumentTests
{
    private const string BadDemo = "--demo is '{0}': it must be a number of orders from 1 to 10000.";

    [Theory]
    [InlineData]
    [InlineData("run")]
    public void Parse_NothingElse_IsAPlainStart(params string[] arguments)
    {
        var run = Read(arguments);

        Assert.Equal((null, null, false), (run.DemoOrders, run.Silos, run.ExitsAfterDemo));
        Assert.Empty(run.Settings);
    }

    [Theory]
    [InlineData("--demo", "100", "--exit")]
    [InlineData("--demo=100", "--exit")]
    [InlineData("run", "--exit", "--demo=100")]
    public void Parse_Demo_TakesItsNumber(params string[] arguments)
    {
        var run = Read(arguments);

        Assert.Equal((100, true), (run.DemoOrders, run.ExitsAfterDemo));
    }

    [Theory]
    [InlineData("--silos", "3")]
    [InlineData("run", "--silos=3")]
    public void Parse_Silos_TakesItsNumber(params string[] arguments) => Assert.Equal(3, Read(arguments).Silos);

    [Theory]
    [InlineData("", "--demo")]
    [InlineData("0", "--demo", "0")]
    [InlineData("10001", "--demo", "10001")]
    [InlineData("-5", "--demo", "-5")]
    [InlineData("many", "--demo", "many")]
    [InlineData("", "--demo", "--exit")]
    [InlineData("", "--demo=")]
    [InlineData("x", "run", "--demo", "x")]
    public void Parse_DemoWithoutAGoodNumber_IsAnError(string value, params string[] arguments) =>
        Assert.Equal(BadDemo.Replace("{0}", value), CommandTree.FirstError(CommandTree.Parse(arguments)));

    [Theory]
    [InlineData("--demos", "'--demos' is not an argument: --help shows those there are.")]
    [InlineData("demo", "'demo' is not an argument: --help shows those there are.")]
    [InlineData("@demo", "'@demo' is not an argument: --help shows those there are.")]
    [InlineData("--FAST_TRACK=1", "'--FAST_TRACK' is not an argument: --help shows those there are.")]
    [InlineData("--urls=http://x", "'--urls' is not an argument: --help shows those there are.")]
    [InlineData("--DATA_DIR", "--DATA_DIR has no value: write --DATA_DIR=value.")]
    [InlineData("--exit", "--exit goes with --demo N only.")]
    [InlineData("--silos=2 --demo=3", "--silos goes without --demo: the demo watches one process.")]
    [InlineData(
        "inspect", "inspect what? active, scheduled, reserved, registered, stats: 'inspect --help' tells more.")]
    [InlineData("order ..", "'..' cannot be an order's id: A-Z a-z 0-9 - _ . : only.")]
    [InlineData("order a/b", "'a/b' cannot be an order's id: A-Z a-z 0-9 - _ . : only.")]
    [InlineData("resolve a b", "outcome is 'b': it must be one of made, not_made, refunded, dismissed.")]
    [InlineData("orders --status paid --limit 501", "--limit is '501': it must be a whole number from 1 to 500.")]
    [InlineData("ping --timeout 0", "--timeout must be a number of seconds from 0 to 600.")]
    [InlineData("import x --format xml", "--format is 'xml': it must be one of csv, jsonl.")]
    [InlineData("import x --utc-offset 3", "--utc-offset is '3': it must be like +03:00.")]
    [InlineData("import x --concurrency 0", "--concurrency is '0': it must be a whole number from 1 to 256.")]
    public void Parse_WhatIsNotThere_IsAnErrorInOneLine(string arguments, string error)
    {
        var parsed = CommandTree.Parse(arguments.Split(' '));

        Assert.Equal(error, CommandTree.FirstError(parsed));
    }

    [Theory]
    [InlineData("ping --DATA_DIR=x")]
    [InlineData("order")]
    [InlineData("orders")]
    [InlineData("order a b")]
    [InlineData("import")]
    public async Task Run_WithUnknownOrMissingArguments_DoesNothingAndEndsWith2(string arguments)
    {
        var run = await CommandRun.OfAsync(arguments.Split(' '));

        Assert.Equal((ExitCodes.Usage, ""), (run.ExitCode, run.Output));
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void Parse_Settings_AreHandedOn()
    {
        string[] settings = ["--DATA_DIR=a=b", "--tmetr_token_file=/run/t", "--Merchants:shop:Yookassa:AccountId=1"];

        var run = Read([.. settings, "--demo", "3"]);

        Assert.Equal(settings, run.Settings);
        Assert.Equal(3, run.DemoOrders);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "-h")]
    [InlineData("config", "--help")]
    public async Task Help_OfWhatTakesSettings_NamesEveryOneWithItsRange(params string[] arguments)
    {
        var help = await CommandRun.OfAsync(arguments);

        Assert.Equal((0, ""), (help.ExitCode, help.Error));
        Assert.All(SettingsTable.All, setting =>
        {
            Assert.Contains($"  {setting.Name}", help.Output, StringComparison.Ordinal);
            Assert.Contains(setting.Allowed, help.Output, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Help_OfEveryCommand_HasExamplesAndExitCodes()
    {
        var root = CommandTree.Parse([]).RootCommandResult.Command;
        var paths = root.Subcommands.SelectMany(
            command => command.Subcommands.Select(part => new[] { command.Name, part.Name }).Prepend([command.Name]));
        foreach (var path in paths.Where(path => path is not ["run"]))
        {
            var help = await CommandRun.OfAsync([.. path, "--help"]);

            Assert.Equal((string.Join(' ', path), 0), (string.Join(' ', path), help.ExitCode));
            Assert.Contains($"  ./run {path[0]}", help.Output, StringComparison.Ordinal);
            Assert.Contains("  130  stopped by Ctrl+C", help.Output, StringComparison.Ordinal);
        }
    }

    private static RunArguments Read(string[] arguments)
    {
        var parsed = CommandTree.Parse(arguments);
        Assert.Null(CommandTree.FirstError(parsed));
        return RunCommand.Read(parsed);
    }
}
