using CoffeePayment.Orders;
using CoffeePayment.Silo.Feed;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Host;

public sealed class OrderFeedTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly StringWriter _output = new();
    private readonly StatusCounts _counts = new();
    private readonly VirtualTimeProvider _time = new(Noon);

    private IReadOnlyList<string> Lines =>
        _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _output.Dispose();

    [Fact]
    public async Task Feed_OrderRegistered_IsALineWithAmountAndNextCheck()
    {
        await using (var feed = StartFeed())
            feed.OrderChanged(null, Order("coffee-1", OrderStatus.Pending, dueAt: Noon.AddSeconds(5)));

        Assert.Equal(
            ["12:00:00  coffee-1        + pending                    150.00 RUB  next 12:00:05  [pending 1]"], Lines);
    }

    [Fact]
    public async Task Feed_StatusChanged_SaysWhyInWordsAndCounts()
    {
        _counts.Add(OrderStatus.Pending, 43);
        var before = Order("coffee-1", OrderStatus.Pending);
        var after = Order("coffee-1", OrderStatus.ManualMake, "paid_late");

        await using (var feed = StartFeed())
            feed.OrderChanged(before, after);

        Assert.Equal(
            ["12:00:00  coffee-1        pending -> manual_make       150.00 RUB  paid too late to make it unasked  "
                + "[pending 42, manual_make 1]"],
            Lines);
    }

    [Fact]
    public async Task Feed_CheckThatChangesNothing_IsNoLine()
    {
        await using (var feed = StartFeed())
            feed.OrderChanged(Order("coffee-1", OrderStatus.Pending), Order("coffee-1", OrderStatus.Pending));

        Assert.Empty(Lines);
    }

    [Fact]
    public async Task Feed_MoreThanAnybodyCanRead_IsSummedUp()
    {
        await using (var feed = StartFeed())
        {
            for (var i = 0; i < OrderFeed.LinesPerSecond + 1240; i++)
                feed.OrderChanged(null, Order($"coffee-{i}", OrderStatus.Pending));
        }

        Assert.Equal(OrderFeed.LinesPerSecond + 1, Lines.Count);
        Assert.Equal("12:00:00  +1,240 registered  [pending 1,290]", Lines[^1]);
    }

    [Fact]
    public async Task Feed_QueueFull_LosesLinesButNoCounts()
    {
        const int Changes = 10_500;
        var feed = new OrderFeed(_counts, new FeedLines(isColoured: false, TimeZoneInfo.Utc), _output, _time);
        for (var i = 0; i < Changes; i++)
            feed.OrderChanged(null, Order($"coffee-{i}", OrderStatus.Pending));

        feed.Start();
        await feed.DisposeAsync();

        Assert.Equal("... and 500 more changes, too fast to show; the counts have them", Lines[^1]);
        Assert.Equal([(OrderStatus.Pending, (long)Changes)], _counts.Snapshot());
    }

    [Fact]
    public void Lines_OnATerminal_AreColoured()
    {
        var change = StatusChange.Between(null, Order("coffee-1", OrderStatus.Pending))!;

        var line = new FeedLines(isColoured: true, TimeZoneInfo.Utc).Of(change, _counts);

        Assert.Contains("\e[36mpending\e[0m", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(15000, "RUB", "150.00 RUB")]
    [InlineData(123456789, "RUB", "1,234,567.89 RUB")]
    [InlineData(5, "EUR", "0.05 EUR")]
    [InlineData(15000, "JPY", "15,000 JPY")]
    public void Amount_InMinorUnits_IsShownInMajorOnes(long minorUnits, string currency, string expected) =>
        Assert.Equal(expected, FeedLines.Amount(new Money(minorUnits, currency)));

    [Theory]
    [InlineData("insufficient_funds", "canceled: insufficient funds")]
    [InlineData("payment_expired", "nobody paid in time")]
    [InlineData(null, null)]
    public void Reason_InWords_IsReadable(string? reason, string? expected) =>
        Assert.Equal(expected, ReasonTexts.Of(reason));

    private OrderFeed StartFeed()
    {
        var feed = new OrderFeed(_counts, new FeedLines(isColoured: false, TimeZoneInfo.Utc), _output, _time);
        feed.Start();
        return feed;
    }

    private static PaymentOrder Order(
        string id, OrderStatus status, string? reason = null, DateTimeOffset? dueAt = null) => new()
        {
            Registration = new OrderRegistration
            {
                Id = id,
                MerchantId = "default",
                PaymentScenario = PaymentScenario.Yookassa,
                PaymentReferenceId = $"payment-{id}",
                DeviceUuid = "machine",
                DrinkNumber = "1",
                Size = DrinkSize.Small,
                Price = new Money(15000, "RUB"),
            },
            Status = status,
            StatusReason = reason,
            StatusChangedAt = Noon,
            DueAt = dueAt,
        };
}
