using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Hosting.Settings;

namespace CoffeePayment.Api.Hosting;

/// <summary>
/// The client of the cluster, in a host of its own that starts in the background: the API is there, and says that it is
/// not ready, however long it takes until a silo is.
/// </summary>
internal sealed partial class ClusterLink : BackgroundService, IClientConnectionRetryFilter
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly IHost _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private bool _isWaiting;
    private volatile bool _isUp;

    public ClusterLink(ServiceSettings settings, ILoggerFactory loggers, TimeProvider time)
    {
        _time = time;
        _logger = loggers.CreateLogger<ClusterLink>();

        // Its configuration is the settings and nothing else: Orleans would read sections of its own.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IClientConnectionRetryFilter>(this);
        builder.Services.AddClusterRedis(settings);
        builder.UseOrleansClient(client => client.UseCluster(settings));
        _client = builder.Build();
    }

    /// <summary>Calls the cluster's grains, once the link is up.</summary>
    public IGrainFactory Grains => _client.Services.GetRequiredService<IClusterClient>();

    /// <summary>Whether a silo has been found; from then on the client finds others by itself.</summary>
    public bool IsUp => _isUp;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_isUp) await _client.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    async Task<bool> IClientConnectionRetryFilter.ShouldRetryConnectionAttempt(
        Exception exception, CancellationToken cancellationToken)
    {
        if (!_isWaiting) LogWaiting(exception);
        _isWaiting = true;
        await Task.Delay(RetryInterval, _time, cancellationToken);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _client.StartAsync(stoppingToken);
            _isUp = true;
            LogUp();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops before there was a silo.
        }
    }

    [LoggerMessage(5101, LogLevel.Warning, "No silo answers yet; trying on, and until then the API answers 503")]
    private partial void LogWaiting(Exception exception);

    [LoggerMessage(5102, LogLevel.Information, "The cluster answers")]
    private partial void LogUp();
}
