using System.Collections.Concurrent;

namespace CoffeePayment.Tests.Cluster;

/// <summary>Silos that are restarted one after another while calls come in.</summary>
[Collection(ManySilos.Name)]
public sealed class RollingRestartTests
{
    private const int AttemptsMax = 20;

    [Fact]
    public async Task RollingRestarts_CallsAllTheTime_NoneFails()
    {
        await using var cluster = await OrderCluster.StartAsync();
        var orders = await cluster.RegisterAsync(150);
        var registered = TimeProvider.System.GetUtcNow();
        using var done = new CancellationTokenSource();
        var failures = new ConcurrentQueue<Exception>();
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(() => CallAsync(caller))).ToList();

        for (var restart = 0; restart < 10; restart++)
        {
            await cluster.StopAsync(cluster.LastSilo);
            await cluster.StartAnotherAsync();
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);
        await cluster.WhenCheckedAsync(orders, TimeProvider.System.GetUtcNow());

        Assert.Empty(failures);
        Assert.InRange(cluster.Checks.LongestGap(registered).Gap, TimeSpan.Zero, 2 * OrderCluster.Interval);

        async Task CallAsync(int caller)
        {
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                var grain = cluster.Client.GetGrain<IPendingPaymentGrain>(orders[((i * 4) + caller) % orders.Count]);
                try
                {
                    await ReadAsync(grain);
                }
                catch (Exception exception)
                {
                    failures.Enqueue(exception);
                }
            }
        }

        // The official packages refuse what is at the stopping silo's gateway when it closes: it is made again, as the
        // API does.
        static async Task ReadAsync(IPendingPaymentGrain grain)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    Assert.NotNull(await grain.GetAsync());
                    return;
                }
                catch (Exception exception) when (attempt < AttemptsMax && exception
                    is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException)
                {
                    await pause.WaitForNextTickAsync();
                }
            }
        }
    }
}
