using System.Text;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Api.Hosting;

/// <summary>Hands the settings of who may call, and how much, to the API.</summary>
public static class AccessSettings
{
    /// <summary>What every process that serves the API sets alike.</summary>
    public static void CopyAccessTo(this ServiceSettings settings, ApiOptions api)
    {
        api.Keys = settings.Get(SettingsTable.ApiKeys) ?? [];
        api.RateLimit = settings.Get(SettingsTable.ApiRateLimit);
        api.WebhookRateLimit = settings.Get(SettingsTable.WebhookRateLimit);
        api.WebhookNetworks = settings.Get(SettingsTable.WebhookNetworks) ?? [];
        api.TrustedProxies = settings.Get(SettingsTable.TrustedProxies) ?? [];

        // A process on its own makes a secret up, and its sessions end with it. A cluster without is on one machine.
        var secret = settings.Get(SettingsTable.ClusterSecret);
        if (secret is not null || settings.IsCluster) api.SessionSecret = Encoding.UTF8.GetBytes(secret ?? "");
    }
}
