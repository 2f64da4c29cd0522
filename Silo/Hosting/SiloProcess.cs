using CoffeePayment.Api;
using CoffeePayment.Grains;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Ports;
using CoffeePayment.Sandbox;
using CoffeePayment.Silo.CommandLine;
using CoffeePayment.Silo.Demo;
using CoffeePayment.Silo.Feed;
using CoffeePayment.Silo.Sqlite;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CoffeePayment.Silo.Hosting;

/// <summary>The process from its arguments to its exit code.</summary>
/// <remarks>0: stopped as asked, or the demo ended as scripted; 1: broke; 2: refused to start.</remarks>
internal static class SiloProcess
{
    private const int Fine = 0;
    private const int Broken = 1;
    private const int Refused = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var commandLine = CommandLineArguments.Parse(arguments);
        if (commandLine.ShowsHelp)
        {
            Console.Out.Write(HelpText.Create());
            return Fine;
        }

        if (commandLine.Error is { } error) return Refuse(error);

        using var demoData = commandLine.DemoOrders is null ? null : new TemporaryDirectory("coffee-demo-");
        try
        {
            var builder = StartUp.CreateBuilder(commandLine, demoData?.Path);
            var settings = StartUp.ReadSettings(builder.Configuration, commandLine);
            return await RunAsync(builder, settings, commandLine);
        }
        catch (RefusedStartException refused)
        {
            return Refuse(refused.Message);
        }
    }

    private static async Task<int> RunAsync(
        WebApplicationBuilder builder, ServiceSettings settings, CommandLineArguments commandLine)
    {
        // Quiet until it runs: what goes wrong before is said in one line.
        var terminal = new LoggingLevelSwitch(LevelAlias.Off);
        await using var log = ServiceLog.Open(settings, terminal);
        await using var sandbox = await StartUp.StartSandboxAsync(settings);
        var counts = new StatusCounts();
        await using var feed = new OrderFeed(
            counts, new FeedLines(IsTerminal(), TimeZoneInfo.Local), Console.Out, TimeProvider.System);
        using var demo = commandLine.DemoOrders is { } orders ? new DemoRun(DemoPlan.Create(orders)) : null;

        builder.Logging.ClearProviders().AddProvider(new SerilogLoggerProvider(log));
        using var telemetry = Telemetry.Start(builder, settings);
        builder.Services.AddSingleton<IOrderObserver>(feed);
        if (demo is not null) builder.Services.AddSingleton<IOrderObserver>(demo.Watch);
        builder.AddCoffeePayment(settings, sandbox);
        await using var app = builder.Build();
        try
        {
            await StartAsync(app, counts);
        }
        catch (Exception e)
        {
            return Explain(e, settings, log);
        }

        var service = AddressOf(app);
        foreach (var line in Banner.Lines(settings, sandbox?.Url, service))
            Console.Out.WriteLine(line);

        terminal.MinimumLevel = LogEventLevel.Warning;
        feed.Start();
        var exitCode = demo is null ? Fine : await PlayAsync(demo, app, settings, sandbox!, commandLine);
        await StopAsync(app, isDue: commandLine.ExitsAfterDemo, log);
        return commandLine.ExitsAfterDemo ? exitCode : Fine;
    }

    private static async Task StartAsync(WebApplication app, StatusCounts counts)
    {
        // Asked for now, a database that cannot be opened is one line and not a grain call that fails.
        app.Services.GetRequiredService<SqliteDatabase>();
        foreach (var (status, orders) in await app.Services.GetRequiredService<IOrderStatusIndex>().CountAsync())
            counts.Add(status, orders);

        app.MapPaymentApi();
        await app.StartAsync();
    }

    private static async Task<int> PlayAsync(
        DemoRun demo,
        WebApplication app,
        ServiceSettings settings,
        SandboxServer sandbox,
        CommandLineArguments commandLine)
    {
        var key = settings.Get(SettingsTable.ApiKeys)?[0];
        using var client = new DemoClient(AddressOf(app), key, sandbox.Url);
        var options = app.Services.GetRequiredService<IOptions<PaymentOptions>>().Value;
        try
        {
            var result = await demo.PlayAsync(client, options, Console.Out, app.Lifetime.ApplicationStopping);
            foreach (var line in DemoReport.Lines(result))
                Console.Out.WriteLine(line);

            if (!commandLine.ExitsAfterDemo) Console.Out.WriteLine("The service runs on; Ctrl+C stops it.");
            return result.IsAsScripted ? Fine : Broken;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return Broken;
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine($"The demo broke off: {e.Message}");
            return Broken;
        }
    }

    private static async Task StopAsync(WebApplication app, bool isDue, Serilog.ILogger log)
    {
        try
        {
            if (isDue) await app.StopAsync();
            else await app.WaitForShutdownAsync();
        }
        catch (OperationCanceledException e)
        {
            log.Warning(e, "Not everything ended within the time to stop; orders go on at the next start");
        }
    }

    private static Uri AddressOf(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var address = BindingAddress.Parse(addresses.First());
        var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "127.0.0.1" : address.Host;
        return new Uri($"{address.Scheme}://{host}:{address.Port}/");
    }

    private static bool IsTerminal() =>
        !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private static int Explain(Exception exception, ServiceSettings settings, Serilog.ILogger log)
    {
        if (StartFailures.Explain(exception, settings, StorageLine) is { } line) return Refuse(line);

        log.Fatal(exception, "The service could not start");
        Say($"The service could not start: {exception.Message} The log has the details.");
        return Broken;
    }

    private static string? StorageLine(Exception cause) => (cause as SqliteStorageException)?.Message;

    private static int Refuse(string line)
    {
        Say(line);
        return Refused;
    }

    private static void Say(string line) => Console.Error.WriteLine(line.ReplaceLineEndings(" "));
}
