using CoffeePayment.Hosting.Settings;
using CoffeePayment.Orders;

namespace CoffeePayment.Api.Hosting;

/// <summary>Hands the settings that the console shows to the API.</summary>
public static class ConsoleSettings
{
    /// <summary>What the console needs.</summary>
    public static void CopyTo(this ServiceSettings settings, ApiOptions api)
    {
        api.Language = settings.Get(SettingsTable.Language) == CustomerLanguage.English ? "en" : "ru";
        api.ServiceId = settings.Get(SettingsTable.ServiceId);
        api.ClusterId = settings.Get(SettingsTable.ClusterId);
    }
}
