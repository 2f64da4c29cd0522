using CoffeePayment.Grains;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.Hosting;

/// <summary>Hands the settings of the rules to the grains.</summary>
public static class PaymentSettings
{
    /// <summary>What the rules need.</summary>
    public static void CopyTo(this ServiceSettings settings, PaymentOptions options)
    {
        options.SweepPeriod = settings.Get(SettingsTable.SweepPeriod);
        options.FastTrackLimit = settings.Get(SettingsTable.FastTrackLimit);
        options.FastTrackInterval = settings.Get(SettingsTable.FastTrackInterval);
        options.SlowTrackInterval = settings.Get(SettingsTable.SlowTrackInterval);
        options.AttemptsLimit = settings.Get(SettingsTable.AttemptsLimit);
        options.ApiTimeout = settings.Get(SettingsTable.ApiTimeout);
        options.OrderExpiration = settings.Get(SettingsTable.OrderExpiration);
        options.LateChecks = settings.Get(SettingsTable.LateChecks);
        options.Retention = settings.Get(SettingsTable.Retention);
        options.MachineDeduplicates = settings.Get(SettingsTable.MachineDeduplicates);
        options.Language = settings.Get(SettingsTable.Language);
    }
}
