using System.Collections.Concurrent;
using System.Net;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>Restarts in order, one silo after another, under load.</summary>
[Collection(ProcessClusters.Name)]
public sealed class RollingRestartTests
{
    private const int Restarts = 10;

    [Fact]
    public async Task Restart_OneSiloAfterAnother_NoCallFailsAndNoCheckIsLateByMoreThanAnInterval()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3);
        var orders = await cluster.RegisterAsync(600);
        var failures = new ConcurrentQueue<string>();
        var registered = new ConcurrentQueue<string>();
        using var done = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(() => CallAsync(caller))).ToList();

        var stops = new List<TimeSpan>();
        for (var restart = 0; restart < Restarts; restart++)
        {
            stops.Add(await cluster.TerminateAsync(cluster.Silos[0]));
            await cluster.StartSiloAsync();
        }

        await done.CancelAsync();
        await Task.WhenAll(callers);
        await cluster.Api.Client.WhenAllFoundAsync(registered.Select(order => (order, "make_pending")));
        var (gap, late) = cluster.Record.LongestGap(orders);
        ProcessClusters.Tell(
            $"Rolling: {Restarts} restarts, {registered.Count} orders registered, {failures.Count} calls failed; "
            + $"longest time between checks {gap}; slowest stop {stops.Max()}.");

        Assert.Empty(failures);
        Assert.True(gap < 2 * ClusterProcesses.Interval, late);
        Assert.Equal(registered.Order(), cluster.Record.Commands.Select(command => command.OrderId).Order());

        async Task CallAsync(int caller)
        {
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                await pace.WaitForNextTickAsync();
                var id = $"new-{caller}-{i}";
                try
                {
                    var status = await cluster.Api.Client.TryRegisterAsync(id, ClusterProcesses.PaymentOf(id));
                    await cluster.Api.Client.OrderAsync(orders[((i * 4) + caller) % orders.Count]);
                    if (status != HttpStatusCode.Created)
                    {
                        failures.Enqueue($"{id}: {status}");
                        continue;
                    }

                    // Paid at once, so that commands are on their way during all restarts, and the load stays the same.
                    cluster.Record.Put(id, "succeeded");
                    registered.Enqueue(id);
                }
                catch (HttpRequestException exception)
                {
                    failures.Enqueue($"{id}: {exception.Message}");
                }
            }
        }
    }
}
