using CoffeePayment.Bench.Reporting;

namespace CoffeePayment.Tests.Bench;

public sealed class FigureTableTests
{
    [Fact]
    public void Lines_FiguresOfAllKinds_StandInColumnsWithTheNotesBelow()
    {
        Figure[] figures =
        [
            new("checks", "CPU time per check", "bare loop", 61.24, "µs") { Spread = 0.034 },
            new("checks", "CPU time per check", "Redis, 1 silo", 80, "µs")
            {
                Ratio = 1.306,
                Wanted = Target.RatioAtMost(1.25),
            },
            new("highest", "highest rate", "Redis, 1 silo", 12_345.6, "/s")
            {
                Wanted = Target.AtLeast(12_000),
                Note = "Redis is full",
            },
        ];

        Assert.Equal(
            [
                "figure              on                 value   ratio        wanted  reached  spread",
                "------------------  -------------  ---------  ------  ------------  -------  ------",
                "CPU time per check  bare loop        61.2 µs                                    3 %",
                "CPU time per check  Redis, 1 silo    80.0 µs  1.31 x     <= 1.25 x  NO",
                "highest rate        Redis, 1 silo  12,346 /s          >= 12,000 /s  yes",
                "  highest rate, Redis, 1 silo: Redis is full",
            ],
            FigureTable.Lines(figures));
    }

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(9.994, "9.99")]
    [InlineData(12.34, "12.3")]
    [InlineData(123.4, "123")]
    [InlineData(1_234_567, "1,234,567")]
    public void Text_Number_HasThreeDigitsOrMore(double value, string expected) =>
        Assert.Equal(expected, Numbers.Text(value));
}
