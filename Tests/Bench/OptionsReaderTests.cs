using CoffeePayment.Bench.Options;

namespace CoffeePayment.Tests.Bench;

public sealed class OptionsReaderTests
{
    [Fact]
    public void Read_Nothing_MeasuresEverythingOnBothStorages()
    {
        var options = OptionsReader.Read([]);

        Assert.Equal(RowGroups.All, options.Only);
        Assert.Equal([StorageKind.Redis, StorageKind.Sqlite], options.Storages);
        Assert.Equal((20_000, 4_000, 2, 1), (options.Orders, options.Rate, options.Repeats, options.Silos));
        Assert.Same(BenchSizes.Full, options.Sizes);
    }

    [Fact]
    public void Read_EveryOption_IsTaken()
    {
        var options = OptionsReader.Read(
        [
            "--only", "sweep,http", "--storage", "sqlite", "--silos", "1", "--orders", "300", "--rate", "500",
            "--seconds", "7", "--repeats", "5", "--latency-ms", "0", "--sync", "--json", "figures.json",
            "--step-seconds", "30", "--idle-orders", "1000", "--indexed-orders", "2000", "--orphans", "300",
            "--http-rate", "40", "--http-seconds", "9",
        ]);

        Assert.Equal(["sweep", "http"], options.Only);
        Assert.Equal([StorageKind.Sqlite], options.Storages);
        Assert.Equal((300, 500, 7, 5), (options.Orders, options.Rate, options.Seconds, options.Repeats));
        Assert.Equal((0, "figures.json"), (options.LatencyMs, options.JsonPath));
        Assert.True(options.SyncsRedis);
        var sizes = options.Sizes;
        Assert.Equal((1_000, 2_000, 300, 40), (sizes.IdleOrders, sizes.IndexedOrders, sizes.Orphans, sizes.HttpRate));
        Assert.Equal((30, 9), (sizes.StepWindow.TotalSeconds, sizes.HttpWindow.TotalSeconds));
    }

    [Fact]
    public void Read_QuickAfterOtherOptions_LeavesThoseAsTheyAre()
    {
        var options = OptionsReader.Read(["--orders", "300", "--orphans", "150", "--quick"]);

        Assert.Equal(BenchSizes.Quick with { Orphans = 150 }, options.Sizes);
        Assert.Equal((300, 1), (options.Orders, options.Repeats));
    }

    [Fact]
    public void Read_TwoSilos_LeavesRedisOnly() =>
        Assert.Equal([StorageKind.Redis], OptionsReader.Read(["--silos", "2"]).Storages);

    [Theory]
    [InlineData("--silos 2 --storage sqlite", "SQLite has one process")]
    [InlineData("--storage files", "redis, sqlite or both")]
    [InlineData("--only checks,tea", "checks, highest")]
    [InlineData("--only", "checks, highest")]
    [InlineData("--orders 0", "a whole number from 100 to 200000")]
    [InlineData("--orders -5", "a whole number from 100 to 200000")]
    [InlineData("--rate", "a whole number")]
    [InlineData("--orphans 50001", "a whole number from 100 to 50000")]
    [InlineData("--json", "a file's path")]
    [InlineData("--fast 1", "There is no option --fast")]
    public void Read_WhatCannotBeUsed_SaysWhatIsAllowed(string line, string expected)
    {
        var refused = Assert.Throws<ArgumentException>(() => OptionsReader.Read(line.Split(' ')));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Read_Help_ShowsItOnly(string option) => Assert.True(OptionsReader.Read([option]).ShowsHelp);

    [Fact]
    public void Usage_EveryGroupOfRows_IsNamed() => Assert.All(
        RowGroups.All, static group => Assert.Contains(group, OptionsReader.Usage, StringComparison.Ordinal));
}
