using System.Text.Json;
using System.Text.RegularExpressions;

namespace CoffeePayment.Tests.Observability;

/// <summary>What is in <c>deploy/</c> for Prometheus and Grafana, and the runbook.</summary>
internal static partial class DeployFolder
{
    private static readonly string Root = AppContext.BaseDirectory;

    public static string Prometheus { get; } = Path.Combine(Root, "deploy", "prometheus");

    public static string Grafana { get; } = Path.Combine(Root, "deploy", "grafana");

    public static string Runbook => File.ReadAllText(Path.Combine(Root, "docs", "RUNBOOK.md"));

    public static string Alerts => File.ReadAllText(Path.Combine(Prometheus, "alerts.yml"));

    public static string AlertTests => File.ReadAllText(Path.Combine(Prometheus, "alerts.test.yml"));

    /// <summary>The names of the alarms, in their order.</summary>
    public static IReadOnlyList<string> AlertNames { get; } =
        [.. AlertPattern().Matches(Alerts).Select(match => match.Groups[1].Value)];

    public static JsonElement Dashboard { get; } = JsonSerializer.Deserialize<JsonElement>(
        File.ReadAllText(Path.Combine(Grafana, "dashboards", "coffee-payment.json")));

    /// <summary>The dashboard's panels, rows among them.</summary>
    public static IReadOnlyList<JsonElement> Panels { get; } =
        [.. Dashboard.GetProperty("panels").EnumerateArray()];

    /// <summary>Every expression of the dashboard, as Grafana would ask it.</summary>
    public static IReadOnlyList<string> DashboardExpressions { get; } =
    [
        .. Panels.Concat(Dashboard.GetProperty("annotations").GetProperty("list").EnumerateArray())
            .SelectMany(panel => panel.TryGetProperty("targets", out var targets)
                ? targets.EnumerateArray().ToArray()
                : [panel])
            .Where(target => target.TryGetProperty("expr", out _))
            .Select(target => target.GetProperty("expr").GetString()!.Replace("$__rate_interval", "30s")),
    ];

    /// <summary>The metrics that an expression reads: words that are neither labels nor text.</summary>
    public static IEnumerable<string> MetricsOf(string expression) =>
        MetricPattern().Matches(NotMetricPattern().Replace(expression, "")).Select(match => match.Value);

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex AlertPattern();

    [GeneratedRegex(@"\{[^}]*\}|by \([^)]*\)")]
    private static partial Regex NotMetricPattern();

    [GeneratedRegex(@"\b(?:coffee|dotnet|http|kestrel|process)_\w+|\bup\b")]
    private static partial Regex MetricPattern();
}
