using CoffeePayment.Grains.Orders;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Grains;

public class ThinnedLinesTests
{
    [Fact]
    public void TryTake_MoreThanAWindowHolds_LeavesTheRestOut()
    {
        var lines = new ThinnedLines(new VirtualTimeProvider());

        var taken = Enumerable.Range(0, 100).Count(number => lines.TryTake(out _));

        Assert.Equal(ThinnedLines.LinesPerWindow, taken);
    }

    [Fact]
    public void TryTake_InTheNextWindow_SaysHowManyWereLeftOut()
    {
        var time = new VirtualTimeProvider();
        var lines = new ThinnedLines(time);
        for (var i = 0; i < 100; i++) lines.TryTake(out _);

        time.Advance(ThinnedLines.Window);
        var isTaken = lines.TryTake(out var leftOut);
        lines.TryTake(out var leftOutSince);

        Assert.True(isTaken);
        Assert.Equal(100 - ThinnedLines.LinesPerWindow, leftOut);
        Assert.Equal(0, leftOutSince);
    }
}
