using System.Globalization;
using CoffeePayment.Bench.Measuring;
using CoffeePayment.Bench.Options;

namespace CoffeePayment.Bench.Processes;

/// <summary>The bare loop as a process of its own, beside a Redis of its own.</summary>
internal sealed class BareLoopProcess : ICheckedOrders
{
    private readonly RoleProcess _role;
    private readonly RedisProcess _redis;

    private BareLoopProcess(RoleProcess role, RedisProcess redis)
    {
        _role = role;
        _redis = redis;
    }

    public string Name => "bare loop";

    public int Orders { get; private set; }

    public TimeSpan CpuTime => _role.CpuTime;

    public TimeSpan? RedisCpuTime => _redis.CpuTime;

    public static async Task<BareLoopProcess> StartAsync(
        BenchSizes sizes, Uri provider, bool syncsRedis, CancellationToken stop)
    {
        var redis = await RedisProcess.StartAsync(syncsRedis, stop);
        var role = RoleProcess.Start(
            Roles.RoleNames.BareLoop,
            [
                provider.ToString(),
                $"127.0.0.1:{redis.Port}",
                sizes.Interval.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
                sizes.ApiTimeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            ]);
        var bare = new BareLoopProcess(role, redis);
        try
        {
            await role.AnswerAsync(stop);
            return bare;
        }
        catch
        {
            await bare.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Adds them at once, since the loop spreads their phases itself, but takes as long as the service does: its code
    /// must have run as long, or what the runtime compiles meanwhile would count against the loop.
    /// </summary>
    public async Task AddAsync(int count, TimeSpan over, CancellationToken stop)
    {
        await _role.AskAsync($"{count}", stop);
        Orders += count;
        await Task.Delay(over, stop);
    }

    public Task<MetricsText?> ReadMetricsAsync(CancellationToken stop) => Task.FromResult<MetricsText?>(null);

    public async ValueTask DisposeAsync()
    {
        await _role.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
