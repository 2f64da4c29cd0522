using CoffeePayment.Orders;
using CoffeePayment.Silo.Demo;

namespace CoffeePayment.Tests.Host;

public sealed class DemoTests
{
    [Fact]
    public void Shares_OfAllEndings_AddUpToAHundred() => Assert.Equal(100, DemoScript.All.Sum(script => script.Share));

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(100)]
    [InlineData(137)]
    [InlineData(10_000)]
    public void Plan_OfAnySize_HasThatManyOrdersWithIdsOfTheirOwn(int orders)
    {
        var plan = DemoPlan.Create(orders);

        Assert.Equal(orders, plan.Count);
        Assert.Equal(orders, plan.Select(order => order.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Plan_OfAHundred_HasTheShares()
    {
        var plan = DemoPlan.Create(100);

        Assert.Equal(
            DemoScript.All.ToDictionary(script => script.Ending, script => script.Share),
            plan.CountBy(order => order.Script.Ending).ToDictionary());
    }

    [Fact]
    public void Plan_AsLongAsThereAreEndings_HasEachOfThemOnce()
    {
        var endings = Enum.GetValues<DemoEnding>();

        var plan = DemoPlan.Create(endings.Length);

        Assert.Equal(endings, plan.Select(order => order.Script.Ending).Order());
    }

    [Fact]
    public void Plan_OfOne_IsPaidInTime() =>
        Assert.Equal(OrderStatus.MakePending, Assert.Single(DemoPlan.Create(1)).Script.Status);

    [Fact]
    public void Plan_MadeTwice_IsTheSame() => Assert.Equal(DemoPlan.Create(50), DemoPlan.Create(50));

    [Fact]
    public void Result_EveryOrderAndCommandAsScripted_IsAsScripted()
    {
        var result = Result(DemoPlan.Create(20));

        Assert.True(result.IsAsScripted);
        var lines = DemoReport.Lines(result).ToList();
        Assert.Equal("Machine commands: 12, for 12 orders paid in time: one each, and none for the others.", lines[^2]);
        Assert.Equal("All 20 orders ended as their scripts say, in 27 s.", lines[^1]);
    }

    [Fact]
    public void Result_OneOrderElsewhere_IsNamed()
    {
        var plan = DemoPlan.Create(20);
        var stuck = plan.First(order => order.Script.Ending == DemoEnding.PaidLate);
        var whole = Result(plan);

        var result = whole with
        {
            Ends = [.. whole.Ends.Where(end => end.Order != stuck), new DemoEnd(stuck, OrderStatus.Pending, null)],
        };

        Assert.False(result.IsAsScripted);
        Assert.Contains($"{stuck.Id} is pending, not manual_make (paid_late)", DemoReport.Lines(result));
        Assert.Equal("1 of 20 orders did not end as their scripts say, in 27 s.", DemoReport.Lines(result).Last());
    }

    [Theory]
    [InlineData(DemoEnding.MakePending, 0)]
    [InlineData(DemoEnding.MakePending, 2)]
    [InlineData(DemoEnding.MachineUnknown, 2)]
    [InlineData(DemoEnding.PaidLate, 1)]
    public void Result_WrongNumberOfCommands_IsNamed(DemoEnding ending, int makes)
    {
        var plan = DemoPlan.Create(20);
        var order = plan.First(order => order.Script.Ending == ending);
        var whole = Result(plan);

        var result = whole with { Makes = new Dictionary<string, int>(whole.Makes) { [order.Id] = makes } };

        Assert.False(result.IsAsScripted);
        Assert.Equal([order], result.WrongMakes);
        Assert.EndsWith($"WRONG for {order.Id}.", DemoReport.Lines(result).ToList()[^2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, "0.5", "2", "10")]
    [InlineData(1000, "0.5", "2", "10")]
    [InlineData(10_000, "5", "20", "100")]
    public void Settings_ForManyOrders_GiveThemTime(int orders, string fast, string slow, string limit)
    {
        var values = DemoSettings.Values(orders);

        Assert.Equal(
            (fast, slow, limit),
            (values["FAST_TRACK_INTERVAL_S"], values["SLOW_TRACK_INTERVAL_S"], values["FAST_TRACK_LIMIT_S"]));
        var reading = TestSettings.Read([.. values.Select(value => (value.Key, value.Value!))]);
        Assert.Null(reading.Error);
    }

    private static DemoResult Result(IReadOnlyList<DemoOrder> plan) => new(
        [.. plan.Select(order => new DemoEnd(order, order.Script.Status, order.Reason))],
        plan.Where(order => order.Script.IsPaidInTime).ToDictionary(order => order.Id, _ => 1, StringComparer.Ordinal),
        MachineDeduplicates: false,
        TimeSpan.FromSeconds(27));
}
