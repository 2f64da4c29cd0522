using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Decisions;

public sealed class OrderHistoryTests
{
    [Fact]
    public void Append_SameAgain_CountsUpInPlace()
    {
        var first = Entry(1, "pending");

        var history = OrderHistory.Append(OrderHistory.Append([first], Entry(2, "pending")), Entry(3, "pending"));

        Assert.Equal([first with { Count = 3, LastAt = Moment.At(3) }], history);
    }

    [Theory]
    [InlineData(HistoryKind.CheckPutOff, OrderStatus.Pending, "pending", null)]
    [InlineData(HistoryKind.Checked, OrderStatus.NotPaid, "pending", null)]
    [InlineData(HistoryKind.Checked, OrderStatus.Pending, "timeout", null)]
    [InlineData(HistoryKind.Checked, OrderStatus.Pending, null, null)]
    [InlineData(HistoryKind.Checked, OrderStatus.Pending, "pending", "a note")]
    public void Append_AnythingElse_IsAnEntryOfItsOwn(
        HistoryKind kind, OrderStatus status, string? detail, string? note)
    {
        var first = Entry(1, "pending");
        var second = new HistoryEntry { At = Moment.At(2), Kind = kind, Status = status, Detail = detail, Note = note };

        var history = OrderHistory.Append([first], second);

        Assert.Equal([first, second], history);
    }

    [Fact]
    public void Append_SameByAnotherPerson_IsAnEntryOfItsOwn()
    {
        var (annas, boriss) = (Entry(1, "dismissed") with { By = "anna" }, Entry(2, "dismissed") with { By = "boris" });

        var history = OrderHistory.Append([annas], boriss);

        Assert.Equal([annas, boriss], history);
    }

    [Fact]
    public void Append_SameAfterANote_KeepsTheNoteToItsEntry()
    {
        var noted = Entry(1, "pending") with { Note = "a note" };

        var history = OrderHistory.Append([noted], Entry(2, "pending"));

        Assert.Equal([noted, Entry(2, "pending")], history);
    }

    [Fact]
    public void Append_NoHistory_StartsOne()
    {
        Assert.Equal([Entry(1, "pending")], OrderHistory.Append(null, Entry(1, "pending")));
        Assert.Equal([Entry(1, "pending")], OrderHistory.Append([], Entry(1, "pending")));
    }

    [Theory]
    [InlineData(OrderHistory.EntriesMax)]
    [InlineData(OrderHistory.EntriesMax + 20)]
    public void Append_Full_DropsTheOldestButTheFirst(int count)
    {
        var entries = Enumerable.Range(0, count).Select(n => Entry(n, $"answer {n}")).ToArray();

        var history = OrderHistory.Append(entries, Entry(count, "the last"));

        Assert.Equal([entries[0], .. entries[^(OrderHistory.EntriesMax - 2)..], Entry(count, "the last")], history);
        Assert.Equal(OrderHistory.EntriesMax, history.Length);
    }

    private static HistoryEntry Entry(int second, string detail) => new()
    {
        At = Moment.At(second),
        Kind = HistoryKind.Checked,
        Status = OrderStatus.Pending,
        Detail = detail,
    };
}
