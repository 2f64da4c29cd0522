using CoffeePayment.Hosting.Redis;
using CoffeePayment.Tests.Support;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CoffeePayment.Tests.Redis;

/// <summary>A Redis for the tests of one class; each of them has a service id, so a place in it, of its own.</summary>
public sealed class SharedRedis : IAsyncLifetime
{
    private RedisServer? _server;
    private RedisConnection? _connection;

    public RedisConnection Connection => _connection!;

    internal RedisServer Server => _server!;

    public static IOptions<ClusterOptions> NewCluster() =>
        Options.Create(new ClusterOptions { ServiceId = $"test-{Guid.NewGuid():N}", ClusterId = "test" });

    internal static RedisConnection Connect(RedisServer server, Action<RedisOptions>? configure = null)
    {
        var options = new RedisOptions { Configuration = RedisUrl.TryParse(server.Url, out _) };
        configure?.Invoke(options);
        return new RedisConnection(Options.Create(options));
    }

    public async Task InitializeAsync()
    {
        _server = await RedisServer.StartAsync();
        _connection = Connect(_server);
    }

    public async Task DisposeAsync()
    {
        await _connection!.DisposeAsync();
        _server!.Dispose();
    }
}
