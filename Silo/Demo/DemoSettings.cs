using System.Globalization;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.Demo;

/// <summary>The settings of a demo: intervals so short that everything is over within a minute.</summary>
internal static class DemoSettings
{
    // So many orders can be asked about every half second on a small machine.
    private const int OrdersAtFullSpeed = 1000;

    /// <summary>
    /// Adds them below everything that the user has set, apart from <c>DATA_DIR</c>: a demo never touches real orders.
    /// </summary>
    public static void AddTo(ConfigurationManager configuration, int orders, string dataDirectory)
    {
        ((IConfigurationBuilder)configuration).Sources.Insert(0, new DemoConfigurationSource(Values(orders)));

        var own = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [SettingsTable.DataDirectory.Name] = dataDirectory,
        };
        configuration.Sources.Add(new DemoConfigurationSource(own));
    }

    /// <summary>The settings for so many orders.</summary>
    public static Dictionary<string, string?> Values(int orders)
    {
        var interval = 0.5 * Slowness(orders);
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [SettingsTable.SweepPeriod.Name] = "1",
            [SettingsTable.FastTrackInterval.Name] = Text(interval),
            [SettingsTable.SlowTrackInterval.Name] = Text(4 * interval),
            [SettingsTable.FastTrackLimit.Name] = Text(20 * interval),
            [SettingsTable.ApiTimeout.Name] = "2",
            [SettingsTable.LateChecks.Name] = $"{Text(4 * interval)}s,{Text(12 * interval)}s,{Text(60 * interval)}s",
        };
    }

    /// <summary>By what more than 1,000 orders stretch the intervals.</summary>
    public static double Slowness(int orders) => Math.Max(1, orders / (double)OrdersAtFullSpeed);

    private static string Text(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);

    private sealed class DemoConfigurationSource(IDictionary<string, string?> values) : IConfigurationSource
    {
        public IConfigurationProvider Build(IConfigurationBuilder builder) => new DemoConfigurationProvider(values);
    }

    private sealed class DemoConfigurationProvider : ConfigurationProvider
    {
        public DemoConfigurationProvider(IDictionary<string, string?> values) =>
            Data = new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase);
    }
}
