using CoffeePayment.Tests.Processes;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Observability;

/// <summary>
/// What the service tells Prometheus, judged by the real one: a process on SQLite and a silo on Redis, with orders that
/// have ended in several ways.
/// </summary>
public sealed class MonitoringTests() : ServiceOnASandbox("monitoring")
{
    private static readonly string[] Expected =
    [
        "coffee_build_info", "coffee_check_duration_seconds_bucket", "coffee_check_lateness_seconds_bucket",
        "coffee_checks_total", "coffee_decisions_total", "coffee_health", "coffee_make_commands_total",
        "coffee_make_duration_seconds_bucket", "coffee_orders", "coffee_orders_active",
        "coffee_orders_attention", "coffee_orders_late",
        "coffee_orders_scheduled", "coffee_orphans_found_total", "coffee_orphans_restarted_total",
        "coffee_provider_circuit", "coffee_provider_request_duration_seconds_bucket", "coffee_provider_requests_total",
        "coffee_redis_command_duration_seconds_bucket", "coffee_redis_queue_length",
        "coffee_sqlite_commit_duration_seconds_bucket", "coffee_sqlite_disk_free_bytes", "coffee_sqlite_queue_length",
        "coffee_sqlite_size_bytes", "coffee_storage_duration_seconds_bucket", "coffee_storage_failures_total",
        "coffee_sweep_duration_seconds_bucket", "coffee_sweeps_total", "dotnet_gc_collections_total",
        "dotnet_gc_pause_time_seconds_total", "dotnet_process_cpu_time_seconds_total",
        "dotnet_process_memory_working_set_bytes", "dotnet_thread_pool_queue_length", "dotnet_thread_pool_threads",
        "http_server_request_duration_seconds_bucket", "process_start_time_seconds", "up",
    ];

    [Fact]
    public async Task Prometheus_ScrapesTheService_AndEverythingAskedForIsThere()
    {
        using var redis = await RedisServer.StartAsync();
        await using var lone = await StartAsync(("LATE_CHECKS", "1h"));
        await using var silo = await StartAsync(("REDIS_URL", redis.Url), ("SERVICE_ID", "monitored"));
        await PlayAsync(lone, "lone");
        await PlayAsync(silo, "silo");

        await using var prometheus = PrometheusServer.Start(lone.Url, silo.Url);
        await prometheus.WhenAsync("up", values => values is [1, 1]);
        await prometheus.WhenAsync("coffee_health{check=\"storage\"}", values => values is [1, 1]);
        await prometheus.WhenAsync("sum(coffee_orders{status=\"make_pending\"})", values => values is [2]);

        var lint = await Task.WhenAll(LintAsync(lone), LintAsync(silo));
        var metrics = await prometheus.MetricNamesAsync();
        var rules = await prometheus.RulesAsync();
        var errors = await Task.WhenAll(DeployFolder.DashboardExpressions.Select(prometheus.ErrorOfAsync));
        await lone.KillAsync();
        await prometheus.WhenAsync("ALERTS{alertname=\"SiloLost\"}", values => values is [1]);

        Assert.Equal([(0, ""), (0, "")], lint);
        Assert.Empty(Expected.Except(metrics));
        Assert.Empty(DeployFolder.DashboardExpressions.SelectMany(DeployFolder.MetricsOf).Except(metrics));
        Assert.Empty(DeployFolder.MetricsOf(DeployFolder.Alerts).Except(metrics));
        Assert.Equal(DeployFolder.AlertNames, rules.Select(rule => rule.Name));
        Assert.All(rules, rule => Assert.Equal("ok", rule.Health));
        Assert.All(errors, Assert.Null);
    }

    /// <summary>Orders that end paid, canceled, and with an unknown payment.</summary>
    private async Task PlayAsync(ServiceProcess service, string name)
    {
        await Controls.PutPaymentAsync($"{name}-paid", "succeeded");
        await Controls.PutPaymentAsync($"{name}-canceled", "canceled", "insufficient_funds");
        await service.Client.RegisterAsync($"{name}-1", $"{name}-paid");
        await service.Client.RegisterAsync($"{name}-2", $"{name}-canceled");
        await service.Client.RegisterAsync($"{name}-3", $"{name}-unknown");
        await service.Client.WhenAsync($"{name}-1", "make_pending");
        await service.Client.WhenAsync($"{name}-2", "not_paid");
    }

    private static async Task<(int ExitCode, string Output)> LintAsync(ServiceProcess service)
    {
        using var http = new HttpClient { BaseAddress = service.Url };
        return await Tool.RunAsync("promtool", ["check", "metrics"], await http.GetStringAsync("metrics"));
    }
}
