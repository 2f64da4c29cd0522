using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Tests.Bench;

public sealed class NoiseTests
{
    [Fact]
    public void Of_QuietMachine_IsNothing() =>
        Assert.Empty(Noise.Of([100, 105, 101], strangersCores: 0.05, [Cost(0.09)]));

    [Fact]
    public void Of_CalibrationThatVaries_SaysSo() =>
        Assert.Contains("from 90 to 120 ms", Assert.Single(Noise.Of([90, 100, 120], strangersCores: 0, [])));

    [Fact]
    public void Of_OtherProcessesAtWork_SaysHowMuch() =>
        Assert.Contains("1.5 cores", Assert.Single(Noise.Of([100], strangersCores: 1.5, [])));

    [Fact]
    public void Of_RepeatsFarApart_NamesTheFigure() => Assert.Equal(
        "CPU time per check, Redis: repeats lie 12 % apart.",
        Assert.Single(Noise.Of([100], strangersCores: 0, [Cost(0.12)])));

    [Fact]
    public void Of_RepeatsFarApartOfWhatIsWanted_NamesTheFigureWhateverItsUnit() => Assert.Equal(
        "registrations, Redis: repeats lie 12 % apart.",
        Assert.Single(Noise.Of([100], strangersCores: 0, [Rate(Target.AtLeast(12_000)), Rate(wanted: null)])));

    private static Figure Rate(Target? wanted) =>
        new("orders", "registrations", "Redis", 20_000, "/s") { Spread = 0.12, Wanted = wanted };

    private static Figure Cost(double spread) =>
        new("checks", "CPU time per check", "Redis", 80, "µs") { Spread = spread };
}
