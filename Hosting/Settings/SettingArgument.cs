namespace CoffeePayment.Hosting.Settings;

/// <summary>A setting on the command line: <c>--NAME=value</c>.</summary>
public static class SettingArgument
{
    /// <summary>What is wrong with the argument, in one line; null if it sets a setting.</summary>
    public static string? ErrorOf(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        var name = at < 0 ? argument : argument[..at];
        if (!name.StartsWith("--", StringComparison.Ordinal) || !IsSetting(name[2..]))
            return $"'{name}' is not an argument: --help shows those there are.";

        return at < 0 ? $"{name} has no value: write {name}=value." : null;
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("Merchants:", StringComparison.OrdinalIgnoreCase)
            || SettingsTable.All.Any(setting =>
                string.Equals(setting.Name, name, StringComparison.OrdinalIgnoreCase)
                    || (setting.IsSecret && string.Equals(setting.FileName, name, StringComparison.OrdinalIgnoreCase)));
}
