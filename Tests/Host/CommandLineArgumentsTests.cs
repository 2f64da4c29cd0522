using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Tests.Host;

public sealed class CommandLineArgumentsTests
{
    [Fact]
    public void Parse_Nothing_IsAPlainStart()
    {
        var parsed = CommandLineArguments.Parse([]);

        Assert.Equal((null, null), (parsed.Error, parsed.DemoOrders));
        Assert.Equal((false, false), (parsed.ExitsAfterDemo, parsed.ShowsHelp));
    }

    [Theory]
    [InlineData("--demo", "100")]
    [InlineData("--demo=100")]
    public void Parse_Demo_TakesItsNumber(params string[] arguments)
    {
        var parsed = CommandLineArguments.Parse([.. arguments, "--exit"]);

        Assert.Equal((null, 100, true), (parsed.Error, parsed.DemoOrders, parsed.ExitsAfterDemo));
    }

    [Theory]
    [InlineData("--demo")]
    [InlineData("--demo", "0")]
    [InlineData("--demo", "10001")]
    [InlineData("--demo", "-5")]
    [InlineData("--demo", "many")]
    [InlineData("--demo", "--exit")]
    [InlineData("--demo=")]
    public void Parse_DemoWithoutAGoodNumber_IsAnError(params string[] arguments)
    {
        var parsed = CommandLineArguments.Parse(arguments);

        Assert.StartsWith("--demo is '", parsed.Error, StringComparison.Ordinal);
        Assert.EndsWith("it must be a number of orders from 1 to 10000.", parsed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--demos", "'--demos' is not an argument: --help shows those there are.")]
    [InlineData("demo", "'demo' is not an argument: --help shows those there are.")]
    [InlineData("--FAST_TRACK=1", "'--FAST_TRACK' is not an argument: --help shows those there are.")]
    [InlineData("--urls=http://x", "'--urls' is not an argument: --help shows those there are.")]
    [InlineData("--DATA_DIR", "--DATA_DIR has no value: write --DATA_DIR=value.")]
    [InlineData("--exit", "--exit goes with --demo N only.")]
    public void Parse_UnknownArgument_IsAnError(string argument, string error)
    {
        var parsed = CommandLineArguments.Parse([argument]);

        Assert.Equal(error, parsed.Error);
    }

    [Fact]
    public void Parse_Settings_AreHandedOn()
    {
        string[] settings = ["--DATA_DIR=a=b", "--tmetr_token_file=/run/t", "--Merchants:shop:Yookassa:AccountId=1"];

        var parsed = CommandLineArguments.Parse(settings);

        Assert.Null(parsed.Error);
        Assert.Equal(settings, parsed.Settings);
    }

    [Fact]
    public void Help_NamesEverySettingWithItsRange()
    {
        var help = HelpText.Create();

        Assert.All(SettingsTable.All, setting =>
        {
            Assert.Contains($"  {setting.Name}", help, StringComparison.Ordinal);
            Assert.Contains(setting.Allowed, help, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Silos_WithANumber_AreSoMany() => Assert.Equal(3, CommandLineArguments.Parse(["--silos", "3"]).Silos);

    [Theory]
    [InlineData("0")]
    [InlineData("17")]
    [InlineData("three")]
    public void Silos_OfAnotherNumber_AreAnError(string number) => Assert.Equal(
        $"--silos is '{number}': it must be a number of processes from 1 to 16.",
        CommandLineArguments.Parse(["--silos", number]).Error);

    [Fact]
    public void Silos_WithADemo_AreAnError() => Assert.Equal(
        "--silos goes without --demo: the demo watches one process.",
        CommandLineArguments.Parse(["--silos", "3", "--demo", "5"]).Error);
}
