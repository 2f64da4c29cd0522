using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Logs;
using CoffeePayment.Hosting.Settings;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CoffeePayment.Api.Hosting;

/// <summary>The API as a process of its own, from its arguments to its exit code.</summary>
/// <remarks>0: stopped as asked; 1: broke; 2: refused to start.</remarks>
internal static class ApiProcess
{
    private const string Help =
        """
        dotnet CoffeePayment.Api.dll [--NAME=value ...]

        Serves the API in front of a cluster: REDIS_URL says which. It holds no orders, and waits for silos that are not
        there yet. Ctrl+C stops it.

          --NAME=value  a setting, see below
          --help        this


        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--help" or "-h" or "-?"])
        {
            Console.Out.Write(Help + SettingsText.Create(SettingsTable.All));
            return ServiceProcess.Fine;
        }

        var error = arguments.Select(SettingArgument.ErrorOf).FirstOrDefault(found => found is not null);
        if (error is not null) return ServiceProcess.Refuse(error);

        try
        {
            var builder = ServiceProcess.CreateBuilder(arguments);
            return await RunAsync(builder, ReadSettings(builder.Configuration));
        }
        catch (RefusedStartException refused)
        {
            return ServiceProcess.Refuse(refused.Message);
        }
    }

    private static ServiceSettings ReadSettings(IConfiguration configuration)
    {
        var settings = ServiceProcess.ReadSettings(configuration);
        var failure = settings.IsCluster
            ? SettingsPreflight.FirstFailure(settings)
            : new SettingError(SettingsTable.RedisUrl.Name, null, "set: it says which cluster this API is in front of");
        return failure is null ? settings : throw new RefusedStartException(failure.ToString());
    }

    private static async Task<int> RunAsync(WebApplicationBuilder builder, ServiceSettings settings)
    {
        // Quiet until it runs: what goes wrong before is said in one line.
        var terminal = new LoggingLevelSwitch(LevelAlias.Off);
        await using var log = ServiceLog.Open(settings, terminal);
        builder.Logging.ClearProviders().AddProvider(new SerilogLoggerProvider(log));
        using var telemetry = Telemetry.Start(builder, settings);
        builder.AddApiInFrontOfCluster(settings);
        await using var app = builder.Build();
        try
        {
            app.UseDraining();
            app.MapPaymentApi();
            app.MapPaymentDashboard();
            await app.StartAsync();
        }
        catch (Exception e)
        {
            return ServiceProcess.Explain(e, settings, log);
        }

        var service = ServiceProcess.AddressOf(app);
        Console.Out.WriteLine($"CoffeePayment API on {EngineIdentity.Describe()}");
        Console.Out.WriteLine($"  cluster   {settings.Get(SettingsTable.ClusterId)}");
        Console.Out.WriteLine(
            $"  look at   {service}  {service}dashboard  {service}health/ready  {service}openapi/v1.json");
        Console.Out.WriteLine($"  keys      {settings.KeyNames}");
        Console.Out.WriteLine("Ctrl+C stops it.");
        terminal.MinimumLevel = LogEventLevel.Warning;
        await ServiceProcess.StopAsync(app, isDue: false, log);
        return ServiceProcess.Fine;
    }
}
