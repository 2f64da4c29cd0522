using CoffeePayment.Hosting.Instruments;
using CoffeePayment.Hosting.Logs;
using CoffeePayment.Hosting.Settings;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CoffeePayment.Hosting;

/// <summary>What every process of the service does between its arguments and its exit code.</summary>
internal static class ServiceProcess
{
    /// <summary>It stopped as it was asked to.</summary>
    public const int Fine = 0;

    /// <summary>It broke.</summary>
    public const int Broken = 1;

    /// <summary>It refused to start, and said why in one line.</summary>
    public const int Refused = 2;

    /// <summary>The host's builder with its configuration.</summary>
    /// <param name="settings">The settings on the command line, as <c>--NAME=value</c>.</param>
    /// <exception cref="RefusedStartException">A configuration file cannot be read.</exception>
    public static WebApplicationBuilder CreateBuilder(IEnumerable<string> settings)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. settings] });
            ServiceLog.AddQuietLevels(builder.Configuration);

            // Tells systemd, where it started this process, when the service is ready and when it stops.
            builder.Services.AddSystemd();
            builder.Services.AddServiceInstruments();
            return builder;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new RefusedStartException($"{e.Message} {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>
    /// The settings in force, checked one by one and against each other. Warns of names that look misspelt.
    /// </summary>
    /// <exception cref="RefusedStartException">One of them cannot be used.</exception>
    public static ServiceSettings ReadSettings(IConfiguration configuration)
    {
        var reading = SettingsReader.Read(configuration);
        var settings = reading.Settings ?? throw new RefusedStartException(reading.Error!.ToString());
        foreach (var (name, meant) in NearMisses.In(configuration))
            Console.Error.WriteLine($"warning: {name} is not a setting; {meant} is.");
        foreach (var (name, path) in SecretFiles.OpenToAll(configuration))
            Console.Error.WriteLine($"warning: {name} is '{path}', which every user of this machine can read.");
        foreach (var name in settings.WeakKeys)
            Console.Error.WriteLine($"warning: {name} of {SettingsTable.ApiKeys.Name} is short enough to be guessed.");

        return settings;
    }

    /// <summary>Where it can be reached from this machine, by the first address that it listens on.</summary>
    public static Uri AddressOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return FromThisMachine(addresses.First());
    }

    /// <summary>An address to listen on, as it is reached from this machine.</summary>
    public static Uri FromThisMachine(string listenUrl)
    {
        var address = BindingAddress.Parse(listenUrl);
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return new Uri($"{address.Scheme}://{host}:{address.Port}/");
    }

    /// <summary>Says why it did not start; the exit code.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="log">Gets what was not to be expected in full.</param>
    /// <param name="own">The line for a cause that only this process can have; null for any other.</param>
    public static int Explain(
        Exception exception, ServiceSettings settings, Serilog.ILogger log, Func<Exception, string?>? own = null)
    {
        if (StartFailures.Explain(exception, settings, own) is { } line) return Refuse(line);

        log.Fatal(exception, "The service could not start");
        Say($"The service could not start: {exception.Message} The log has the details.");
        return Broken;
    }

    /// <summary>Says why it does not start, in one line; the exit code.</summary>
    public static int Refuse(string line)
    {
        Say(line);
        return Refused;
    }

    /// <summary>Runs until it is told to stop, or stops now.</summary>
    public static async Task StopAsync(WebApplication app, bool isDue, Serilog.ILogger log)
    {
        try
        {
            if (isDue) await app.StopAsync();
            else await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException e)
        {
            log.Warning(e, "Not everything ended within the time to stop; orders go on elsewhere or at the next start");
        }
    }

    private static void Say(string line) => Console.Error.WriteLine(line.ReplaceLineEndings(" "));
}
