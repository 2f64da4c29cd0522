using System.Net.Sockets;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Sandbox;
using CoffeePayment.Silo.CommandLine;
using CoffeePayment.Silo.Demo;

namespace CoffeePayment.Silo.Hosting;

/// <summary>What comes before the host. Whatever is wrong is a <see cref="RefusedStartException"/>.</summary>
internal static class StartUp
{
    /// <summary>The host's builder with its configuration.</summary>
    /// <param name="commandLine">What was asked for.</param>
    /// <param name="demoDirectory">Where a demo keeps its orders; null if there is none.</param>
    public static WebApplicationBuilder CreateBuilder(CommandLineArguments commandLine, string? demoDirectory)
    {
        try
        {
            var builder = WebApplication.CreateBuilder(
                new WebApplicationOptions { Args = [.. commandLine.Settings] });
            ServiceLog.AddQuietLevels(builder.Configuration);
            if (commandLine.DemoOrders is { } orders)
                DemoSettings.AddTo(builder.Configuration, orders, demoDirectory!);

            return builder;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw new RefusedStartException($"{e.Message} {e.GetBaseException().Message}", e);
        }
    }

    /// <summary>The settings in force, all of them checked.</summary>
    public static ServiceSettings ReadSettings(IConfiguration configuration, CommandLineArguments commandLine)
    {
        var reading = SettingsReader.Read(configuration);
        var settings = reading.Settings ?? throw new RefusedStartException(reading.Error!.ToString());
        var failure = SettingsPreflight.FirstFailure(settings)
            ?? (commandLine.DemoOrders is not null && settings.HasProvider
                ? new SettingError("--demo", $"{commandLine.DemoOrders}", "left out where YooKassa is configured")
                : null);
        if (failure is not null) throw new RefusedStartException(failure.ToString());

        foreach (var (name, meant) in NearMisses.In(configuration))
            Console.Error.WriteLine($"warning: {name} is not a setting; {meant} is.");

        return settings;
    }

    /// <summary>Starts what plays the provider and the machine; null where real ones are configured.</summary>
    public static async Task<SandboxServer?> StartSandboxAsync(ServiceSettings settings)
    {
        if (settings.HasProvider) return null;

        var url = settings.Get(SettingsTable.SandboxUrl);
        try
        {
            return await SandboxServer.StartAsync(new SandboxOptions { Url = url.ToString() });
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new RefusedStartException(StartFailures.AddressLine(SettingsTable.SandboxUrl, $"{url}", e), e);
        }
    }
}
