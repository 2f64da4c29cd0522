namespace CoffeePayment.Hosting.Settings;

/// <summary>Finds names in the configuration that look like a setting misspelt.</summary>
public static class NearMisses
{
    private const int ShortName = 8;

    /// <summary>Each name found, with the setting that may have been meant.</summary>
    public static IReadOnlyList<(string Name, string Meant)> In(IConfiguration configuration)
    {
        var names = SettingsTable.All
            .SelectMany(setting => setting.IsSecret ? [setting.Name, setting.FileName] : new[] { setting.Name })
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        return
        [
            .. from section in configuration.GetChildren()
               where !names.Contains(section.Key)
               let meant = names.FirstOrDefault(name => IsNear(section.Key.ToUpperInvariant(), name))
               where meant is not null
               select (section.Key, meant),
        ];
    }

    private static bool IsNear(string name, string setting)
    {
        var slips = Math.Min(name.Length, setting.Length) < ShortName ? 1 : 2;
        return Math.Abs(name.Length - setting.Length) <= slips && Distance(name, setting) <= slips;
    }

    /// <summary>How many letters must be put in, taken out or replaced to make one of the other.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[to.Length];
    }
}
