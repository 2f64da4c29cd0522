using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Silo.Client;

/// <summary>
/// Where the service is and which key it takes, as far as nobody says: from the settings that it has itself.
/// </summary>
internal static class ServiceAddress
{
    /// <summary>
    /// The variable with the key for the command line; <c>COFFEE_API_KEY_FILE</c> names a file with it.
    /// </summary>
    public const string KeyVariable = "COFFEE_API_KEY";

    private const string FileSuffix = "_FILE";

    /// <summary>
    /// The settings: <c>appsettings.json</c> in the current directory and the environment, as the service reads them.
    /// </summary>
    /// <exception cref="CommandFailure">The file cannot be read.</exception>
    public static IConfiguration ReadConfiguration()
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Environment.CurrentDirectory)
                .AddJsonFile("appsettings.json", optional: true)
                .AddEnvironmentVariables()
                .Build();
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{e.Message} {e.GetBaseException().Message}");
        }
    }

    /// <summary>Where the service listens, seen from this machine.</summary>
    /// <param name="url">What was asked for; null for the address in the settings.</param>
    /// <param name="configuration">The settings.</param>
    /// <exception cref="CommandFailure">There is no such address.</exception>
    public static Uri UrlOf(string? url, IConfiguration configuration)
    {
        if (url is not null)
        {
            return Uri.TryCreate(url, UriKind.Absolute, out var given)
                && (given.Scheme == Uri.UriSchemeHttp || given.Scheme == Uri.UriSchemeHttps)
                && given is { UserInfo: "", Query: "", Fragment: "" }
                    ? given
                    : throw new CommandFailure(ExitCodes.Usage, $"--url is '{url}': it must be http://host:port.");
        }

        var (value, error) = SettingsReader.ReadOne(configuration, SettingsTable.Urls, SettingsTable.Urls.Name);
        if (error is not null) throw new CommandFailure(ExitCodes.Usage, error.ToString());

        var address = ServiceProcess.FromThisMachine(((IReadOnlyList<string>)value!.Value!)[0]);
        return address.Port == 0
            ? throw new CommandFailure(
                ExitCodes.Usage, $"{SettingsTable.Urls.Name} leaves the port open: say --url http://host:port.")
            : address;
    }

    /// <summary>
    /// The key: from the file that was named, the environment, or the keys that the service itself has, as far as they
    /// are written out there; null if there is none.
    /// </summary>
    /// <exception cref="CommandFailure">A file with a key cannot be read.</exception>
    public static string? KeyOf(string? keyFile, IConfiguration configuration)
    {
        if (keyFile is not null) return ReadKey("--key-file", keyFile);
        if (configuration[KeyVariable] is { Length: > 0 } key) return key.Trim();
        if (configuration[KeyVariable + FileSuffix] is { Length: > 0 } file)
            return ReadKey(KeyVariable + FileSuffix, file);

        return FirstKey(configuration[SettingsTable.ApiKeys.Name])
            ?? FirstKey(TryReadFile(configuration[SettingsTable.ApiKeys.FileName]));
    }

    private static string ReadKey(string name, string file) => FirstKey(TryReadFile(file))
        ?? throw new CommandFailure(ExitCodes.Usage, $"{name} is '{file}': it must be a file with an API key in it.");

    private static string? TryReadFile(string? file)
    {
        try
        {
            return string.IsNullOrWhiteSpace(file) ? null : File.ReadAllText(file.Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // Of keys that the service has as hashes, it does not know how they are sent.
    private static string? FirstKey(string? keys) => keys?
        .Split([',', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(key => !key.Contains(":sha256:", StringComparison.OrdinalIgnoreCase));
}
