using CoffeePayment.Hosting.Redis;

namespace CoffeePayment.Hosting.Settings;

/// <summary>What settings must be to each other.</summary>
internal static class SettingsRelations
{
    /// <summary>The first relation that does not hold; null if all do.</summary>
    public static SettingError? FirstFailure(ServiceSettings settings) =>
        Redis(settings)
            ?? Secret(settings)
            ?? Intervals(settings)
            ?? Machine(settings)
            ?? Ports(settings)
            ?? Keys(settings)
            ?? Sandbox(settings);

    private static SettingError? Redis(ServiceSettings settings)
    {
        if (settings.Get(SettingsTable.RedisUrl) is not { } url) return null;

        return RedisUrl.TryParse(url.OriginalString, out var problem) is null
            ? new SettingError(SettingsTable.RedisUrl.Name, SettingError.Mask, problem)
            : null;
    }

    // What can be reached from other machines lets nobody in who does not know the secret.
    private static SettingError? Secret(ServiceSettings settings)
    {
        var address = settings.Get(SettingsTable.SiloAddress);
        if (address.IsLoopback) return null;

        var shown = $"{address.Address?.ToString() ?? "hostname"}";
        if (!settings.IsCluster)
        {
            return new SettingError(
                SettingsTable.SiloAddress.Name, shown, $"unset, since {SettingsTable.RedisUrl.Name} is");
        }

        return settings.Get(SettingsTable.ClusterSecret) is null
            ? Missing(
                SettingsTable.ClusterSecret,
                $"{SettingsTable.SiloAddress.Name} is '{shown}', which other machines can reach")
            : null;
    }

    private static SettingError? Intervals(ServiceSettings settings)
    {
        var fast = settings.Get(SettingsTable.FastTrackInterval);
        var slow = settings.Get(SettingsTable.SlowTrackInterval);
        return slow >= fast
            ? null
            : new SettingError(
                SettingsTable.SlowTrackInterval.Name,
                $"{slow.TotalSeconds}",
                $"at least {SettingsTable.FastTrackInterval.Name} ({fast.TotalSeconds})");
    }

    private static SettingError? Machine(ServiceSettings settings)
    {
        var host = settings.Get(SettingsTable.TmetrHost);
        var token = settings.Get(SettingsTable.TmetrToken);
        return (settings.HasProvider, host, token) switch
        {
            (true, null, _) => Missing(SettingsTable.TmetrHost, "YooKassa is configured"),
            (_, not null, null) => Missing(SettingsTable.TmetrToken, $"{SettingsTable.TmetrHost.Name} is"),
            (_, null, not null) => Missing(SettingsTable.TmetrHost, $"{SettingsTable.TmetrToken.Name} is"),
            (false, not null, _) => Missing(SettingsTable.YookassaAccountId, $"{SettingsTable.TmetrHost.Name} is"),
            _ => null,
        };
    }

    private static SettingError? Ports(ServiceSettings settings)
    {
        var silo = settings.Get(SettingsTable.SiloPort);
        return silo == 0 || silo != settings.Get(SettingsTable.GatewayPort)
            ? null
            : new SettingError(
                SettingsTable.GatewayPort.Name, $"{silo}", $"another port than {SettingsTable.SiloPort.Name}");
    }

    private static SettingError? Keys(ServiceSettings settings)
    {
        var reachable = settings.Get(SettingsTable.Urls).FirstOrDefault(url => !AddressParsers.IsLoopback(url));
        return reachable is null || settings.Get(SettingsTable.ApiKeys) is not null
            ? null
            : Missing(
                SettingsTable.ApiKeys, $"{SettingsTable.Urls.Name} is '{reachable}', which other machines can reach");
    }

    private static SettingError? Sandbox(ServiceSettings settings)
    {
        if (settings.HasProvider) return null;

        var sandbox = settings.Get(SettingsTable.SandboxUrl);
        var isTaken = sandbox.Port != 0
            && settings.Get(SettingsTable.Urls).Any(url => BindingAddress.Parse(url).Port == sandbox.Port);
        return isTaken
            ? new SettingError(
                SettingsTable.SandboxUrl.Name, $"{sandbox}", $"on another port than {SettingsTable.Urls.Name}")
            : null;
    }

    private static SettingError Missing(Setting setting, string since) =>
        new(setting.Name, null, $"set, since {since}");
}
