using System.Globalization;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Silo.Launching;

/// <summary>
/// A Redis of the launcher's own, for this machine only: what it has acknowledged is on the disk, and is there again at
/// the next start.
/// </summary>
internal static class LocalRedis
{
    private const string Program = "redis-server";

    /// <summary>Starts it.</summary>
    /// <param name="settings">Say where its data is.</param>
    /// <exception cref="RefusedStartException">There is no <c>redis-server</c>.</exception>
    public static (ChildService Process, string Url) Start(ServiceSettings settings)
    {
        var program = Programs.Find(Program) ?? throw new RefusedStartException(
            $"--silos needs {Program}, which is not on the PATH: install it (apt-get install redis-server) or set "
                + $"{SettingsTable.RedisUrl.Name}.");
        var folder = Path.GetFullPath(Path.Combine(settings.Get(SettingsTable.DataDirectory), "redis"));
        Directory.CreateDirectory(folder);
        var port = FreePort.OfLoopback().ToString(CultureInfo.InvariantCulture);
        var process = ChildService.Start(
            "redis",
            program,
            [
                "--port", port, "--bind", "127.0.0.1", "--dir", folder, "--save", "",
                "--appendonly", "yes", "--appendfsync", "always", "--loglevel", "warning",
            ]);
        return (process, $"redis://127.0.0.1:{port}/0");
    }
}
