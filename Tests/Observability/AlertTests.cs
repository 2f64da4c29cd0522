using System.Text.RegularExpressions;

namespace CoffeePayment.Tests.Observability;

/// <summary>The alarms in <c>deploy/prometheus</c>, judged by Prometheus' own tool.</summary>
public sealed class AlertTests
{
    public static TheoryData<string> Names => [.. DeployFolder.AlertNames];

    [Fact]
    public async Task UnitTests_OfTheAlarms_Pass()
    {
        var (exitCode, output) = await Tool.RunAsync(
            "promtool", ["test", "rules", Path.Combine(DeployFolder.Prometheus, "alerts.test.yml")]);

        Assert.Equal(0, exitCode);
        Assert.Contains("SUCCESS", output);
    }

    [Theory]
    [InlineData("check", "rules", "alerts.yml")]
    [InlineData("check", "config", "single.yml")]
    [InlineData("check", "config", "--syntax-only", "prometheus.yml")]
    public async Task Files_AreAsPrometheusWantsThem(params string[] arguments)
    {
        var file = Path.Combine(DeployFolder.Prometheus, arguments[^1]);

        var (exitCode, output) = await Tool.RunAsync("promtool", [.. arguments[..^1], file]);

        Assert.Equal((0, false), (exitCode, output.Contains("FAILED")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Alarm_IsTestedRaisedAndLeftAlone_AndHasAPageForWhoeverIsWoken(string name)
    {
        var rule = Regex.Match(DeployFolder.Alerts, $@"- alert: {name}\n(?:(?!- alert:)[\s\S])*").Value;
        var tests = Regex.Matches(DeployFolder.AlertTests, $@"- alertname: {name}\n.*\n\s+exp_alerts:(.*)");

        Assert.Matches(@"\n +for: \d+m\n", rule);
        Assert.Matches(@"\n +labels: \{severity: (critical|warning)\}\n", rule);
        Assert.Matches(@"\n +summary: '.+'\n", rule);
        Assert.Contains($"docs/RUNBOOK.md#{name.ToLowerInvariant()}'", rule);
        Assert.Contains($"\n## {name}\n", DeployFolder.Runbook);
        Assert.Contains(tests, test => test.Groups[1].Value.Length == 0);
        Assert.Contains(tests, test => test.Groups[1].Value == " []");
    }

    [Fact]
    public void Runbook_HasNoPageForWhatNobodyIsWokenFor() => Assert.Equal(
        DeployFolder.AlertNames.Order(),
        Regex.Matches(DeployFolder.Runbook, @"\n## (\w+)").Select(section => section.Groups[1].Value).Order());
}
