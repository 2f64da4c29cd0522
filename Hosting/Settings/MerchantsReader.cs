namespace CoffeePayment.Hosting.Settings;

/// <summary>
/// Reads whose accounts are asked: the merchant <c>default</c> from <c>YOOKASSA_*</c>, others from
/// <c>Merchants:{id}:Yookassa:{AccountId,SecretKey,ApiUrl}</c>.
/// </summary>
internal static class MerchantsReader
{
    private const string Section = "Merchants";
    private const string Provider = "Yookassa";
    private const string AccountId = nameof(AccountId);
    private const string SecretKey = nameof(SecretKey);
    private const string ApiUrl = nameof(ApiUrl);

    private static readonly string[] Keys = [AccountId, SecretKey, SecretKey + Setting.FileSuffix, ApiUrl];

    /// <summary>Reads them, and adds what it reads of further merchants to <paramref name="values"/>.</summary>
    public static (IReadOnlyList<MerchantSettings> Merchants, SettingError? Error) Read(
        IConfiguration configuration, List<SettingValue> values)
    {
        var merchants = new List<MerchantSettings>();
        var (merchant, error) = Combine(
            MerchantSettings.DefaultId,
            Find(SettingsTable.YookassaAccountId),
            Find(SettingsTable.YookassaSecretKey),
            Find(SettingsTable.YookassaApiUrl));
        if (error is not null) return ([], error);
        if (merchant is not null) merchants.Add(merchant);

        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            (merchant, error) = ReadMerchant(configuration, section, values);
            if (error is not null) return ([], error);
            if (merchants.Exists(known => known.Id == section.Key))
            {
                return ([], new SettingError(
                    section.Path, "set", $"unset when {SettingsTable.YookassaAccountId.Name}, its other name, is set"));
            }

            merchants.Add(merchant!);
        }

        return (merchants, null);

        SettingValue Find(Setting setting) => values.First(value => value.Name == setting.Name);
    }

    private static (MerchantSettings? Merchant, SettingError? Error) ReadMerchant(
        IConfiguration configuration, IConfigurationSection section, List<SettingValue> values)
    {
        if (!SettingParsers.IdPattern().IsMatch(section.Key))
        {
            return (null, new SettingError(Section, section.Key, $"ids of {SettingsTable.YookassaAccountId.Allowed}"));
        }

        if (FirstUnknown(section) is { } unknown)
        {
            var allowed = string.Join(", ", Keys.Select(key => $"{Provider}:{key}"));
            return (null, new SettingError(unknown, "set", $"one of {section.Path}:{{{allowed}}}"));
        }

        var path = $"{section.Path}:{Provider}";
        var parts = new List<SettingValue>();
        foreach (var (setting, key) in Parts())
        {
            var (value, error) = SettingsReader.ReadOne(configuration, setting, $"{path}:{key}");
            if (error is not null) return (null, error);

            parts.Add(value!);
        }

        values.AddRange(parts);
        var (merchant, missing) = Combine(section.Key, parts[0], parts[1], parts[2]);
        return merchant is null && missing is null
            ? (null, new SettingError(parts[0].Name, null, $"set, since {section.Path} names a merchant"))
            : (merchant, missing);
    }

    private static (Setting Setting, string Key)[] Parts() =>
    [
        (SettingsTable.YookassaAccountId, AccountId),
        (SettingsTable.YookassaSecretKey, SecretKey),
        (SettingsTable.YookassaApiUrl, ApiUrl),
    ];

    /// <summary>The merchant that the three make; null if there is none, an error if half of it is missing.</summary>
    private static (MerchantSettings? Merchant, SettingError? Error) Combine(
        string id, SettingValue account, SettingValue secret, SettingValue url) =>
        (account.Value, secret.Value) switch
        {
            (null, null) => (null, null),
            (null, _) => (null, new SettingError(account.Name, null, $"set, since {secret.Name} is")),
            (_, null) => (null, new SettingError(secret.Name, null, $"set, since {account.Name} is")),
            _ => (new MerchantSettings(id, (string)account.Value, (string)secret.Value, (Uri)url.Value!), null),
        };

    // A misspelt name here can be nothing but ours.
    private static string? FirstUnknown(IConfigurationSection merchant)
    {
        var providers = merchant.GetChildren().Where(child => !Is(child, Provider));
        var keys = merchant.GetSection(Provider).GetChildren().Where(child => !Keys.Any(key => Is(child, key)));
        return providers.Concat(keys).FirstOrDefault()?.Path;
    }

    private static bool Is(IConfigurationSection section, string key) =>
        string.Equals(section.Key, key, StringComparison.OrdinalIgnoreCase);
}
