using System.CommandLine;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>Settings among the arguments: <c>--NAME=value</c>, which are too many and too free for options.</summary>
internal static class SettingsArgument
{
    private static readonly Argument<string[]> Settings = Create();

    /// <summary>Lets the command take settings.</summary>
    public static void TakeSettings(this Command command) => command.Add(Settings);

    /// <summary>Whether the command takes settings.</summary>
    public static bool TakesSettings(this Command command) => command.Arguments.Contains(Settings);

    /// <summary>The settings that were given, as they were given.</summary>
    public static string[] Read(ParseResult arguments) => arguments.GetValue(Settings) ?? [];

    private static Argument<string[]> Create()
    {
        var settings = new Argument<string[]>("settings")
        {
            Description = "Settings, which win over the environment and appsettings.json; they are explained below",
            HelpName = "--NAME=value",
            Arity = ArgumentArity.ZeroOrMore,
        };
        settings.Validators.Add(result =>
        {
            var errors = result.Tokens.Select(token => SettingArgument.ErrorOf(token.Value)).OfType<string>();
            if (errors.FirstOrDefault() is { } error) result.AddError(error);
        });
        return settings;
    }
}
