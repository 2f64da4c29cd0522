namespace CoffeePayment.Hosting.Settings;

/// <summary>Whether the places that the settings name can be written to. Creates their directories.</summary>
public static class SettingsPreflight
{
    /// <summary>The first place that cannot be used; null if all can.</summary>
    public static SettingError? FirstFailure(ServiceSettings settings) =>
        DataDirectory(settings)
            ?? LogFile(SettingsTable.LogFile, settings.Get(SettingsTable.LogFile))
            ?? LogFile(SettingsTable.AuditFile, settings.AuditFile);

    // A part of a cluster keeps nothing there.
    private static SettingError? DataDirectory(ServiceSettings settings)
    {
        var path = settings.Get(SettingsTable.DataDirectory);
        return settings.IsCluster ? null : Probe(SettingsTable.DataDirectory, path, path);
    }

    private static SettingError? LogFile(Setting setting, string path)
    {
        var isFile = Path.GetFileName(path).Length > 0 && !System.IO.Directory.Exists(path);
        return isFile
            ? Probe(setting, path, Path.GetDirectoryName(Path.GetFullPath(path))!)
            : new SettingError(setting.Name, path, setting.Allowed);
    }

    private static SettingError? Probe(Setting setting, string value, string directory)
    {
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            var probe = Path.Combine(directory, $".write-{Guid.NewGuid():N}");
            using var file = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new SettingError(setting.Name, value, $"{setting.Allowed}");
        }
    }
}
