namespace CoffeePayment.Hosting.Settings;

/// <summary>Reads the settings from a configuration: one object, or one error.</summary>
public static class SettingsReader
{
    private const string ServerEndpoints = "Kestrel:Endpoints";

    /// <summary>Reads and checks every setting; the first one that is not allowed is the error.</summary>
    public static SettingsReading Read(IConfiguration configuration)
    {
        // It would win over ASPNETCORE_URLS, which says whether anybody but this machine is listened to.
        if (configuration.GetSection(ServerEndpoints).GetChildren().Any())
        {
            return new SettingsReading(
                null,
                new SettingError(ServerEndpoints, "set", $"unset: {SettingsTable.Urls.Name} says where to listen"));
        }

        var values = new List<SettingValue>();
        foreach (var setting in SettingsTable.All)
        {
            var (value, error) = ReadOne(configuration, setting, setting.Name);
            if (error is not null) return new SettingsReading(null, error);

            values.Add(value!);
        }

        var (merchants, merchantError) = MerchantsReader.Read(configuration, values);
        if (merchantError is not null) return new SettingsReading(null, merchantError);

        var settings = new ServiceSettings(values, merchants);
        return SettingsRelations.FirstFailure(settings) is { } failure
            ? new SettingsReading(null, failure)
            : new SettingsReading(settings, null);
    }

    /// <summary>Reads one setting from where <paramref name="path"/> says.</summary>
    internal static (SettingValue? Value, SettingError? Error) ReadOne(
        IConfiguration configuration, Setting setting, string path)
    {
        if (configuration.GetSection(path).GetChildren().Any())
        {
            return (null, new SettingError(path, "a list or an object", setting.Allowed));
        }

        var text = configuration[path];
        var source = SourceOf(configuration, path);
        var filePath = path + Setting.FileSuffix;
        if (setting.IsSecret && configuration[filePath] is { } file && !string.IsNullOrWhiteSpace(file))
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                return (null, new SettingError(filePath, file, $"unset when {path} is set, or the other way round"));
            }

            (text, var error) = ReadFile(file.Trim());
            if (error is not null)
                return (null, new SettingError(filePath, file, $"a file with the secret in it ({error})"));

            source = $"{file.Trim()} ({SourceOf(configuration, filePath)})";
        }

        return Parse(setting, path, text, source);
    }

    private static (SettingValue? Value, SettingError? Error) Parse(
        Setting setting, string path, string? text, string source)
    {
        if (text is null || (string.IsNullOrWhiteSpace(text) && !setting.IsEmptyMeant))
        {
            text = setting.Default;
            source = "default";
        }

        if (text is null) return (new SettingValue(path, null, source, Value: null), null);

        var shown = setting.IsSecret ? SettingError.Mask : text.Trim();
        return setting.TryParse(text, out var value)
            ? (new SettingValue(path, shown, source, value), null)
            : (null, new SettingError(path, shown, setting.Allowed));
    }

    private static (string? Text, string? Error) ReadFile(string path)
    {
        try
        {
            var text = File.ReadAllText(path).Trim();
            return text.Length == 0 ? (null, "it is empty") : (text, null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, "it is not there");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (null, "it cannot be read");
        }
    }

    /// <summary>Where a value comes from, in words.</summary>
    private static string SourceOf(IConfiguration configuration, string path)
    {
        var providers = (configuration as IConfigurationRoot)?.Providers ?? [];
        var provider = providers.LastOrDefault(candidate => candidate.TryGet(path, out _));
        return provider switch
        {
            null => "default",
            FileConfigurationProvider file => file.Source.Path ?? "file",
            _ => provider.GetType().Name.Replace("ConfigurationProvider", "", StringComparison.Ordinal) switch
            {
                "EnvironmentVariables" => "environment",
                "CommandLine" => "command line",
                "Demo" => "--demo",
                var other => other,
            },
        };
    }
}

/// <summary>What reading the settings came to: either of the two.</summary>
public sealed record SettingsReading(ServiceSettings? Settings, SettingError? Error);
