using CoffeePayment.Api;
using CoffeePayment.Api.Hosting;
using CoffeePayment.Grains;
using CoffeePayment.Hosting;
using CoffeePayment.Hosting.Logs;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Hosting.Settings;
using CoffeePayment.Ports;
using CoffeePayment.Sandbox;
using CoffeePayment.Silo.CommandLine;
using CoffeePayment.Silo.Demo;
using CoffeePayment.Silo.Feed;
using CoffeePayment.Silo.Launching;
using CoffeePayment.Silo.Redis;
using CoffeePayment.Silo.Sqlite;
using Microsoft.Extensions.Options;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CoffeePayment.Silo.Hosting;

/// <summary>The process from its arguments to its exit code.</summary>
/// <remarks>
/// 0: stopped as asked, or the demo ended as scripted; 1: broke, or was declared dead; 2: refused to start.
/// </remarks>
internal static class SiloProcess
{
    public static async Task<int> RunAsync(RunArguments commandLine)
    {
        using var demoData = commandLine.DemoOrders is null ? null : new TemporaryDirectory("coffee-demo-");
        try
        {
            var builder = StartUp.CreateBuilder(commandLine, demoData?.Path);
            var settings = StartUp.ReadSettings(builder.Configuration, commandLine);
            if (commandLine.Silos is not { } silos) return await RunAsync(builder, settings, commandLine);

            await using var launcher = new ClusterLauncher(settings, commandLine.Settings);
            return await launcher.RunAsync(silos);
        }
        catch (RefusedStartException refused)
        {
            return ServiceProcess.Refuse(refused.Message);
        }
    }

    private static async Task<int> RunAsync(
        WebApplicationBuilder builder, ServiceSettings settings, RunArguments commandLine)
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
        if (demo is not null) builder.Services.PostConfigure<ApiOptions>(demo.AddKeyTo);
        await using var app = builder.Build();
        try
        {
            await StartAsync(app, settings, counts);
        }
        catch (Exception e)
        {
            return ServiceProcess.Explain(e, settings, log, StorageLine);
        }

        var service = ServiceProcess.AddressOf(app);
        foreach (var line in Banner.Lines(settings, sandbox?.Url, service))
            Console.Out.WriteLine(line);

        terminal.MinimumLevel = LogEventLevel.Warning;
        feed.Start();
        var exitCode = demo is null ? ServiceProcess.Fine : await PlayAsync(demo, app, sandbox!, commandLine);
        await ServiceProcess.StopAsync(app, isDue: commandLine.ExitsAfterDemo, log);

        // 0, unless the silo stopped by itself because its cluster had declared it dead.
        return commandLine.ExitsAfterDemo ? exitCode : Environment.ExitCode;
    }

    private static async Task StartAsync(WebApplication app, ServiceSettings settings, StatusCounts counts)
    {
        // Asked for now, a storage that cannot be used is one line and not a grain call that fails.
        if (app.Services.GetService<RedisConnection>() is { } redis)
        {
            await redis.WaitUntilItAnswersAsync();
            await app.Services.GetRequiredService<RedisListUpgrade>().RunAsync();
        }
        else
        {
            app.Services.GetRequiredService<SqliteDatabase>();
        }

        foreach (var (status, orders) in await app.Services.GetRequiredService<IOrderStatusIndex>().CountAsync())
            counts.Add(status, orders);

        if (settings.IsCluster) app.UseDraining();
        app.MapPaymentApi();
        app.MapPaymentDashboard();
        await app.StartAsync();
    }

    private static async Task<int> PlayAsync(
        DemoRun demo,
        WebApplication app,
        SandboxServer sandbox,
        RunArguments commandLine)
    {
        using var client = new DemoClient(ServiceProcess.AddressOf(app), demo.Key.Key, sandbox.Url);
        var options = app.Services.GetRequiredService<IOptions<PaymentOptions>>().Value;
        try
        {
            var result = await demo.PlayAsync(client, options, Console.Out, app.Lifetime.ApplicationStopping);
            foreach (var line in DemoReport.Lines(result))
                Console.Out.WriteLine(line);

            if (!commandLine.ExitsAfterDemo) Console.Out.WriteLine("The service runs on; Ctrl+C stops it.");
            return result.IsAsScripted ? ServiceProcess.Fine : ServiceProcess.Broken;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return ServiceProcess.Broken;
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine($"The demo broke off: {e.Message}");
            return ServiceProcess.Broken;
        }
    }

    private static bool IsTerminal() =>
        !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    private static string? StorageLine(Exception cause) =>
        cause is SqliteStorageException or RedisStorageException ? cause.Message : null;
}
