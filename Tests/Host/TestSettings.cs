using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Tests.Host;

/// <summary>Reads settings as the process does, from values that a test gives.</summary>
internal static class TestSettings
{
    public static SettingsReading Read(params (string Name, string Value)[] given)
    {
        var reading = SettingsReader.Read(Configuration(given));
        return reading.Settings is { } settings && SettingsPreflight.FirstFailure(settings) is { } error
            ? new SettingsReading(null, error)
            : reading;
    }

    public static IConfigurationRoot Configuration(params (string Name, string Value)[] given) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(given.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
            .Build();
}
