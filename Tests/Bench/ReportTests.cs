using System.Text.Json;
using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Tests.Bench;

public sealed class ReportTests
{
    private static readonly Report Sample = new(
        DateTimeOffset.UnixEpoch,
        Seconds: 12.5,
        Engine: "embedded",
        Cores: 2,
        SyncsRedis: false,
        Failures: ["http could not be measured: refused"],
        Noise: ["other processes took up to 1.5 cores meanwhile."],
        Figures:
        [
            new Figure("checks", "CPU time per check", "Redis, 1 silo", 80, "µs")
            {
                Ratio = 1.2,
                Spread = 0.04,
                Wanted = Target.RatioAtMost(1.25),
            },
            new Figure("highest", "lateness", "bare loop", double.NaN, "ms"),
        ]);

    [Fact]
    public void ToJson_Figure_HasEverythingOfItsLine()
    {
        using var document = JsonDocument.Parse(Sample.ToJson());

        var figure = document.RootElement.GetProperty("figures")[0];
        Assert.Equal("CPU time per check", figure.GetProperty("name").GetString());
        Assert.Equal(80, figure.GetProperty("value").GetDouble());
        Assert.Equal("µs", figure.GetProperty("unit").GetString());
        Assert.Equal(1.2, figure.GetProperty("ratio").GetDouble());
        Assert.Equal(0.04, figure.GetProperty("spread").GetDouble());
        Assert.Equal(1.25, figure.GetProperty("wanted").GetProperty("bound").GetDouble());
        Assert.True(figure.GetProperty("is_reached").GetBoolean());
    }

    [Fact]
    public void ToJson_FigureThatCouldNotBeTaken_IsNotANumber()
    {
        using var document = JsonDocument.Parse(Sample.ToJson());

        Assert.Equal("NaN", document.RootElement.GetProperty("figures")[1].GetProperty("value").GetString());
    }

    [Fact]
    public void Lines_FailuresAndNoise_AreSaidLast() => Assert.Equal(
        [
            "FAILED: http could not be measured: refused",
            "NOISE: other processes took up to 1.5 cores meanwhile.",
        ],
        Sample.Lines().TakeLast(2));

    [Fact]
    public void Lines_NoNoise_SaysThatTheMachineWasQuiet() =>
        Assert.Equal("The machine was quiet.", (Sample with { Noise = [] }).Lines().Last());
}
