using CoffeePayment.Hosting.Logs;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Silo.CommandLine;
using CoffeePayment.Silo.Hosting;
using CoffeePayment.Silo.Sqlite;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace CoffeePayment.Bench.Roles;

/// <summary>
/// A silo in this process, composed and logging as the real one, from the settings in the environment.
/// </summary>
internal sealed class InProcessSilo : IAsyncDisposable
{
    private readonly Logger _log;
    private readonly WebApplication _app;

    private InProcessSilo(Logger log, WebApplication app)
    {
        _log = log;
        _app = app;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>Everything but the start: its storage can be used.</summary>
    public static async Task<InProcessSilo> ComposeAsync()
    {
        var commandLine = new RunArguments();
        var builder = StartUp.CreateBuilder(commandLine, demoDirectory: null);
        var settings = StartUp.ReadSettings(builder.Configuration, commandLine);
        var log = ServiceLog.Open(settings, new LoggingLevelSwitch(LevelAlias.Off));
        builder.Logging.ClearProviders().AddProvider(new SerilogLoggerProvider(log));
        builder.AddCoffeePayment(settings, sandbox: null);
        var app = builder.Build();
        if (app.Services.GetService<RedisConnection>() is { } redis) await redis.WaitUntilItAnswersAsync();
        else app.Services.GetRequiredService<SqliteDatabase>();
        return new InProcessSilo(log, app);
    }

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _log.DisposeAsync();
    }
}
