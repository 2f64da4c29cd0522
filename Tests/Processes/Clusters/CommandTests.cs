using System.Text.Json;
using CoffeePayment.Tests.CommandLine;

namespace CoffeePayment.Tests.Processes.Clusters;

/// <summary>The command line in front of a cluster: what silos know, asked of the API that holds no orders.</summary>
[Collection(ProcessClusters.Name)]
public sealed class CommandTests
{
    [Fact]
    public async Task Inspect_ThroughTheApiInFrontOfACluster_TellsOfEverySilo()
    {
        await using var cluster = await ClusterProcesses.StartAsync(2);
        var orders = await cluster.RegisterAsync(40);

        var stats = await RunAsync(cluster, "inspect", "stats");
        var checks = await RunAsync(cluster, "inspect", "active");
        var upcoming = await RunAsync(cluster, "inspect", "scheduled", "--limit", "500");
        var due = await RunAsync(cluster, "inspect", "reserved");
        var jobs = await RunAsync(cluster, "inspect", "registered");
        var sweep = await RunAsync(cluster, "sweep");

        Assert.Equal(2, stats.GetProperty("silos").GetArrayLength());
        Assert.Equal(2, checks.GetProperty("silos").GetArrayLength());
        Assert.Equal(orders.Count, upcoming.GetProperty("scheduled").GetInt32());
        Assert.Empty(Ids(upcoming).Concat(Ids(due)).Except(orders));
        Assert.True(jobs.GetProperty("reminders")[0].GetProperty("is_there").GetBoolean());
        var payments = jobs.GetProperty("grains").EnumerateArray()
            .Single(grain => grain.GetProperty("name").GetString() == "PendingPaymentGrain");
        Assert.Equal((2, orders.Count), (
            payments.GetProperty("silos").GetInt32(), payments.GetProperty("activations").GetInt32()));
        Assert.Equal(orders.Count, sweep.GetProperty("pending").GetInt32());
    }

    private static async Task<JsonElement> RunAsync(ClusterProcesses cluster, params string[] arguments)
    {
        var run = await CommandRun.OfAsync([.. arguments, "--json", "--url", cluster.Api.Url.ToString()]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonSerializer.Deserialize<JsonElement>(run.Output);
    }

    private static IEnumerable<string?> Ids(JsonElement page) =>
        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("order_id").GetString());
}
