namespace CoffeePayment.Hosting.Settings;

/// <summary>
/// Finds secrets in files that everybody on this machine can read. A container has no other users, and its secrets are
/// mounted so that any may read them.
/// </summary>
public static class SecretFiles
{
    private const UnixFileMode ByOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Each setting that names such a file, with the file.</summary>
    public static IReadOnlyList<(string Name, string Path)> OpenToAll(IConfiguration configuration) =>
    [
        .. from pair in configuration.AsEnumerable()
           where !IsInContainer(configuration)
           where pair.Value is not null && IsSecretFile(pair.Key) && IsOpenToAll(pair.Value.Trim())
           orderby pair.Key
           select (pair.Key, pair.Value.Trim()),
    ];

    private static bool IsInContainer(IConfiguration configuration) =>
        string.Equals(configuration["DOTNET_RUNNING_IN_CONTAINER"], "true", StringComparison.OrdinalIgnoreCase);

    private static bool IsSecretFile(string name)
    {
        var last = name[(name.LastIndexOf(':') + 1)..];
        return name.StartsWith("Merchants:", StringComparison.OrdinalIgnoreCase)
            ? last.EndsWith(Setting.FileSuffix, StringComparison.OrdinalIgnoreCase)
            : SettingsTable.All.Any(setting =>
                setting.IsSecret && string.Equals(setting.FileName, name, StringComparison.OrdinalIgnoreCase));
    }

    // Windows has other rights, and a file that is not there is somebody else's to report.
    private static bool IsOpenToAll(string path) =>
        !OperatingSystem.IsWindows()
            && File.Exists(path)
            && (File.GetUnixFileMode(path) & ByOthers) != UnixFileMode.None;
}
