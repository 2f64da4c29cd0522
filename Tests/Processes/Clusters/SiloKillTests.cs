using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>A silo that is gone, or seems to be: promises P1, P2, P4 and P5 over several processes.</summary>
[Collection(ProcessClusters.Name)]
public sealed class SiloKillTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Kill_OneOfThreeSilos_ItsOrdersAreCheckedAgainInTimeAndNoneIsMadeTwice()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3);
        var orders = await cluster.RegisterAsync(3_000);
        var killed = cluster.Silos[1];
        var held = cluster.Record.HeldBy(killed.Name);
        var paid = held.Take(30).ToList();
        var pending = orders.Except(paid).ToList();
        var heldAndPending = held.Except(paid).ToList();

        foreach (var order in paid) cluster.Record.Put(order, "succeeded");
        var killedAt = TimeProvider.System.GetUtcNow();
        await cluster.KillAsync(killed);
        await cluster.WhenDeclaredDeadAsync(Patience);
        var declaredAt = TimeProvider.System.GetUtcNow();
        await cluster.Record.WhenCheckedAsync(heldAndPending, killedAt, Patience);
        var checkedAt = cluster.Record.LastFirstCheck(heldAndPending, killedAt);
        var takenOverAt = TimeProvider.System.GetUtcNow();
        await cluster.Record.WhenCheckedAsync(pending, takenOverAt + ClusterProcesses.Interval, Patience);
        var ends = await Task.WhenAll(paid.Select(order => cluster.Api.Client.WhenFoundAsync(order, "make_pending")));
        ProcessClusters.Tell(
            $"Kill: {held.Count} orders held; declared dead after {declaredAt - killedAt}, all checked again after "
            + $"{checkedAt - killedAt}.");

        Assert.InRange(held.Count, 850, 1_150);
        Assert.InRange(checkedAt - killedAt, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.True(checkedAt - declaredAt < TimeSpan.FromSeconds(10), $"{checkedAt - declaredAt}");
        Assert.All(pending, order => Assert.Single(
            cluster.Record.ChecksOf(order).Where(c => c.At > takenOverAt).Select(c => c.Silo).Distinct()));
        Assert.Equal(paid.Count, ends.Length);
        Assert.Equal(paid.Order(), cluster.Record.Commands.Select(command => command.OrderId).Order());
    }

    [Fact]
    public async Task Pause_OneSiloForFortySeconds_LosesItsOrdersAndActsOnNoneOfThem()
    {
        await using var cluster = await ClusterProcesses.StartAsync(3);
        var orders = await cluster.RegisterAsync(300);
        var paused = cluster.Silos[1];
        var held = cluster.Record.HeldBy(paused.Name);

        paused.Process.Pause();
        var pausedAt = TimeProvider.System.GetUtcNow();
        await cluster.Record.WhenCheckedAsync(held, pausedAt + TimeSpan.FromSeconds(1), Patience);
        foreach (var order in held.Take(20)) cluster.Record.Put(order, "succeeded");
        await Pause.ForAsync(pausedAt + TimeSpan.FromSeconds(40) - TimeProvider.System.GetUtcNow());
        var continuedAt = TimeProvider.System.GetUtcNow();
        paused.Process.Continue();
        await cluster.Record.WhenCheckedAsync(
            [.. orders.Except(held.Take(20))], continuedAt + 2 * ClusterProcesses.Interval, Patience);
        var ends = await Task.WhenAll(
            held.Take(20).Select(order => cluster.Api.Client.WhenFoundAsync(order, "make_pending")));
        var late = held
            .SelectMany(id => cluster.Record.ChecksOf(id).Where(c => c.Silo == paused.Name && c.At > continuedAt))
            .ToList();
        ProcessClusters.Tell(
            $"Pause: {held.Count} orders held; {late.Count} checks by it afterwards, the last after "
            + $"{late.Select(check => check.At - continuedAt).DefaultIfEmpty().Max()}; "
            + $"it has exited: {paused.Process.HasExited}.");

        Assert.All(ends, order => Assert.Equal(1, order.GetProperty("make_attempts").GetInt32()));
        Assert.Equal(held.Take(20).Order(), cluster.Record.Commands.Select(command => command.OrderId).Order());
        Assert.DoesNotContain(cluster.Record.Commands, command => command.Silo == paused.Name);
        Assert.DoesNotContain(late, check => check.At > continuedAt + ClusterProcesses.Interval);
    }
}
