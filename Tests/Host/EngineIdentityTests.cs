using CoffeePayment.Hosting;

namespace CoffeePayment.Tests.Host;

/// <summary>A build has the Orleans that it was told, and nothing of the other one.</summary>
public sealed class EngineIdentityTests
{
    private static readonly string? OrleansAssembly = typeof(Grain).Assembly.GetName().Name;

    private static readonly bool IsOfficial = OrleansAssembly == "Orleans.Core.Abstractions";

    [Fact]
    public void Orleans_IsOneOfTheTwo() =>
        Assert.True(IsOfficial || OrleansAssembly == "CoffeePayment.Engine", OrleansAssembly);

    [Fact]
    public void Output_HasOneOfTheTwo()
    {
        var engine = FilesNamed("CoffeePayment.Engine.*");
        var packages = FilesNamed("Orleans.*.dll");

        Assert.Equal(IsOfficial, engine.Length == 0);
        Assert.Equal(IsOfficial, packages.Length > 0);
    }

    [Fact]
    public void Programs_ListOneOfTheTwoAmongWhatTheyLoad()
    {
        foreach (var program in new[] { "Silo", "Api", "Bench", "Tests" })
        {
            var listed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"CoffeePayment.{program}.deps.json"));

            Assert.Equal(!IsOfficial, listed.Contains("CoffeePayment.Engine", StringComparison.Ordinal));
            Assert.Equal(IsOfficial, listed.Contains("Microsoft.Orleans.Core", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Describe_ByWhatIsInUse_NamesItAndSaysWhy() =>
        Assert.Matches(
            IsOfficial ? @"^official Orleans 10\.\d+\.\d+ \(.+\)$" : @"^the embedded engine \(.+\)$",
            EngineIdentity.Describe());

    private static string[] FilesNamed(string pattern) => Directory.GetFiles(AppContext.BaseDirectory, pattern);
}
