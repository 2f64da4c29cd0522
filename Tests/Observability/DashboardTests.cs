using System.Text.Json;

namespace CoffeePayment.Tests.Observability;

/// <summary>
/// Grafana's dashboard as far as it can be judged without Grafana; its expressions are asked elsewhere.
/// </summary>
public sealed class DashboardTests
{
    private const int GridWidth = 24;

    [Fact]
    public void Rows_AreOfEverythingThatCanGoWrong() => Assert.Equal(
        ["Orders", "Checks", "Provider", "Machine", "Storage", "Silos", "API"],
        DeployFolder.Panels.Where(IsRow).Select(TitleOf));

    [Fact]
    public void Panels_HaveIdsAndTitlesOfTheirOwn()
    {
        Assert.Distinct(DeployFolder.Panels.Select(panel => panel.GetProperty("id").GetInt32()));
        Assert.Distinct(DeployFolder.Panels.Select(TitleOf));
        Assert.DoesNotContain("", DeployFolder.Panels.Select(TitleOf));
    }

    [Fact]
    public void Panels_AreWithinTheGridAndDoNotOverlap()
    {
        var cells = DeployFolder.Panels.SelectMany(panel =>
        {
            var grid = panel.GetProperty("gridPos");
            var (x, y) = (grid.GetProperty("x").GetInt32(), grid.GetProperty("y").GetInt32());
            var (w, h) = (grid.GetProperty("w").GetInt32(), grid.GetProperty("h").GetInt32());
            Assert.InRange(x + w, 1, GridWidth);
            return Enumerable.Range(x, w).SelectMany(_ => Enumerable.Range(y, h), (column, line) => (column, line));
        });

        Assert.Distinct(cells);
    }

    [Fact]
    public void Panels_AskTheDatasourceThatIsProvisioned()
    {
        var provisioned = File.ReadAllText(
            Path.Combine(DeployFolder.Grafana, "provisioning", "datasources", "prometheus.yml"));

        var asked = DeployFolder.Panels.Where(panel => !IsRow(panel)).SelectMany(panel => new[] { panel }
            .Concat(panel.GetProperty("targets").EnumerateArray())
            .Select(part => part.GetProperty("datasource").GetProperty("uid").GetString()));

        Assert.Equal("prometheus", Assert.Single(asked.Distinct()));
        Assert.Contains("uid: prometheus\n", provisioned);
    }

    [Fact]
    public void Panels_AskSomethingAndSayInWhichUnitTheyTellIt() => Assert.All(
        DeployFolder.Panels.Where(panel => !IsRow(panel)),
        panel =>
        {
            Assert.NotEqual(0, panel.GetProperty("targets").GetArrayLength());
            Assert.NotEmpty(
                panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!);
        });

    private static bool IsRow(JsonElement panel) => TextOf(panel, "type") == "row";

    private static string TitleOf(JsonElement panel) => TextOf(panel, "title");

    private static string TextOf(JsonElement panel, string property) => panel.GetProperty(property).GetString()!;
}
