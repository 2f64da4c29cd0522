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
    public static WebApplicationBuilder CreateBuilder(RunArguments commandLine, string? demoDirectory)
    {
        var builder = ServiceProcess.CreateBuilder(commandLine.Settings);
        if (commandLine.DemoOrders is { } orders)
            DemoSettings.AddTo(builder.Configuration, orders, demoDirectory!);

        return builder;
    }

    /// <summary>The settings in force, all of them checked.</summary>
    public static ServiceSettings ReadSettings(IConfiguration configuration, RunArguments commandLine)
    {
        var settings = ServiceProcess.ReadSettings(configuration);
        var failure = SettingsPreflight.FirstFailure(settings)
            ?? (commandLine.DemoOrders is not null && settings.HasProvider
                ? new SettingError("--demo", $"{commandLine.DemoOrders}", "left out where YooKassa is configured")
                : null);
        return failure is null ? settings : throw new RefusedStartException(failure.ToString());
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
