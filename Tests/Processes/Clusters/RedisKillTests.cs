using System.Collections.Concurrent;
using System.Net;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>Redis killed under load and started again on what it has on disk.</summary>
[Collection(ProcessClusters.Name)]
public sealed class RedisKillTests
{
    private const int Orders = 2_000;
    private const int OrdersPerSecond = 200;

    [Fact]
    public async Task Kill_RedisWhileOrdersAreRegistered_EveryAcknowledgedOrderEndsAsItsScriptSays()
    {
        await using var cluster = await ClusterProcesses.StartAsync(2);
        var acknowledged = new ConcurrentQueue<(string Id, string End)>();
        var calls = new List<Task>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1) / OrdersPerSecond);

        Task outage = Task.CompletedTask;
        for (var i = 0; i < Orders; i++)
        {
            await pace.WaitForNextTickAsync();
            calls.Add(RegisterAsync(i));
            if (i == Orders / 3) outage = RestartRedisAsync();
        }

        await Task.WhenAll([.. calls, outage]);
        await cluster.Api.Client.WhenAllFoundAsync(acknowledged);
        var made = acknowledged.Where(order => order.End == "make_pending").Select(order => order.Id).ToHashSet();
        var commands = cluster.Record.Commands.Select(command => command.OrderId).ToList();
        ProcessClusters.Tell(
            $"Redis: {acknowledged.Count} of {Orders} orders acknowledged, {commands.Count} commands.");

        Assert.InRange(acknowledged.Count, Orders / 2, Orders);
        Assert.Equal(commands.Count, commands.Distinct().Count());
        Assert.Subset(commands.ToHashSet(), made);

        async Task RegisterAsync(int i)
        {
            var (id, status, end) = i % 2 == 0
                ? ($"order-{i}", "succeeded", "make_pending")
                : ($"order-{i}", "canceled", "not_paid");
            cluster.Record.Put(id, status);
            try
            {
                var answer = await cluster.Api.Client.TryRegisterAsync(id, ClusterProcesses.PaymentOf(id));
                if (answer is HttpStatusCode.Created or HttpStatusCode.OK) acknowledged.Enqueue((id, end));
            }
            catch (HttpRequestException)
            {
                // Not acknowledged: nothing is promised.
            }
        }

        async Task RestartRedisAsync()
        {
            cluster.Redis.Kill();
            await cluster.Redis.RestartAsync();
        }
    }
}
