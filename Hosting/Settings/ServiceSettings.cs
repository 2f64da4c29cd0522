namespace CoffeePayment.Hosting.Settings;

/// <summary>The settings in force. They hold secrets: only <see cref="Values"/> may be shown.</summary>
public sealed class ServiceSettings
{
    private readonly IReadOnlyDictionary<string, SettingValue> _byName;

    internal ServiceSettings(IReadOnlyList<SettingValue> values, IReadOnlyList<MerchantSettings> merchants)
    {
        Values = values;
        Merchants = merchants;
        _byName = values.ToDictionary(value => value.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Every setting as it may be shown, in the order of the table, merchants last.</summary>
    public IReadOnlyList<SettingValue> Values { get; }

    /// <summary>Whose accounts at YooKassa are asked; empty means that the sandbox plays YooKassa.</summary>
    public IReadOnlyList<MerchantSettings> Merchants { get; }

    /// <summary>Whether a real provider and machine are configured, so that no sandbox is needed.</summary>
    public bool HasProvider => Merchants.Count > 0;

    /// <summary>Whether this is a part of a cluster on Redis, and not the only process.</summary>
    public bool IsCluster => Get(SettingsTable.RedisUrl) is not null;

    /// <summary>Whose keys are taken, for people: an entry that is not what it was meant to be is seen here.</summary>
    public string KeyNames => Get(SettingsTable.ApiKeys) is { } keys
        ? string.Join(", ", keys.Select(key => key.Name))
        : "none, so only this machine is answered";

    /// <summary>The names of keys that others could guess, where others can reach the service.</summary>
    public IEnumerable<string> WeakKeys => Get(SettingsTable.Urls).All(AddressParsers.IsLoopback)
        ? []
        : (Get(SettingsTable.ApiKeys) ?? []).Where(key => key.IsShort).Select(key => key.Name);

    /// <summary>Where it is written down who did what.</summary>
    public string AuditFile
    {
        get
        {
            var log = Get(SettingsTable.LogFile);
            return Get(SettingsTable.AuditFile) ?? Path.ChangeExtension(log, $".audit{Path.GetExtension(log)}");
        }
    }

    /// <summary>The value of a setting: its default if it is not set, null if it has none.</summary>
    public T Get<T>(Setting<T> setting) => (T)_byName[setting.Name].Value!;
}

/// <summary>A merchant's account at YooKassa.</summary>
/// <param name="Id">The merchant, as orders name it.</param>
/// <param name="AccountId">The account.</param>
/// <param name="SecretKey">Its secret key.</param>
/// <param name="ApiUrl">Where YooKassa answers.</param>
public sealed record MerchantSettings(string Id, string AccountId, string SecretKey, Uri ApiUrl)
{
    /// <summary>The merchant that orders belong to which name none.</summary>
    public const string DefaultId = "default";

    public override string ToString() => $"{Id} ({AccountId})";
}
