using System.Net;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>Any silo and the API in front of them take any call.</summary>
[Collection(ProcessClusters.Name)]
public sealed class RegistrationTests
{
    [Fact]
    public async Task Register_ThroughEachSiloAndTheApi_IsTheSameOrderEverywhereAndOrdersSpreadEvenly()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3);
        ServiceClient[] doors = [.. cluster.Silos.Select(silo => silo.Process.Client), cluster.Api.Client];
        var orders = Enumerable.Range(0, 600).Select(i => $"order-{i}").ToList();

        var first = await Task.WhenAll(orders.Select((id, i) => RegisterAsync(doors[i % doors.Length], id)));
        var again = await Task.WhenAll(orders.Select((id, i) => RegisterAsync(doors[(i + 1) % doors.Length], id)));
        var seen = await Task.WhenAll(doors.Select(door => door.OrderAsync(orders[0])));
        await cluster.Record.WhenCheckedAsync(orders, DateTimeOffset.MinValue, TimeSpan.FromSeconds(60));

        Assert.All(first, status => Assert.Equal(HttpStatusCode.Created, status));
        Assert.All(again, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Single(seen.Select(order => order.GetProperty("payment_started_at").GetDateTimeOffset()).Distinct());
        Assert.All(cluster.Silos, silo => Assert.InRange(cluster.Record.HeldBy(silo.Name).Count, 140, 260));
    }

    private static Task<HttpStatusCode> RegisterAsync(ServiceClient door, string orderId) =>
        door.TryRegisterAsync(orderId, ClusterProcesses.PaymentOf(orderId));
}
