using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Storage;

/// <summary>What every due index does, wherever it keeps its entries.</summary>
public abstract class PendingPaymentIndexTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Indexes without entries.</summary>
    protected abstract OrderIndexSet Indexes { get; }

    [Fact]
    public async Task ReadOverdue_EmptyIndex_FindsNothing()
    {
        var entries = await Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Empty(entries);
    }

    [Fact]
    public async Task Schedule_NewOrder_KeepsTheMillisecond()
    {
        await Indexes.Writer.ScheduleAsync("order-1", Noon.AddTicks(12_345_678));

        var entries = await Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Equal([new DueEntry("order-1", Noon.AddMilliseconds(1234))], entries);
    }

    [Fact]
    public async Task Schedule_TimeWithOffset_KeepsTheInstant()
    {
        await Indexes.Writer.ScheduleAsync("order-1", Noon.ToOffset(TimeSpan.FromHours(3)));

        var entry = Assert.Single(await Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10));

        Assert.Equal(TimeSpan.Zero, entry.DueAt.Offset);
        Assert.Equal(Noon, entry.DueAt);
    }

    [Fact]
    public async Task Schedule_KnownOrder_MovesIt()
    {
        await Indexes.Writer.ScheduleAsync("order-1", Noon);
        await Indexes.Writer.ScheduleAsync("order-1", Noon.AddSeconds(5));

        var entries = await Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Equal([new DueEntry("order-1", Noon.AddSeconds(5))], entries);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(TimeSpan.TicksPerMillisecond, true)]
    public async Task ReadOverdue_BoundAroundTheDueTime_IsExclusiveToTheTick(long ticksAfterDue, bool isOverdue)
    {
        await Indexes.Writer.ScheduleAsync("order-1", Noon);

        var entries = await Indexes.Pending.ReadOverdueAsync(Noon.AddTicks(ticksAfterDue), after: null, 10);

        Assert.Equal(isOverdue ? 1 : 0, entries.Count);
    }

    [Fact]
    public async Task ReadOverdue_SeveralOrders_MostRecentFirstTiesByDescendingId()
    {
        await Indexes.Writer.ScheduleAsync("b", Noon);
        await Indexes.Writer.ScheduleAsync("oldest", Noon.AddHours(-1));
        await Indexes.Writer.ScheduleAsync("B", Noon);
        await Indexes.Writer.ScheduleAsync("a:1", Noon);
        await Indexes.Writer.ScheduleAsync("newest", Noon.AddMilliseconds(1));

        var entries = await Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Equal(["newest", "b", "a:1", "B", "oldest"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadOverdue_PageByPage_FindsEachOnce()
    {
        for (var number = 0; number < 25; number++)
            await Indexes.Writer.ScheduleAsync($"order-{number:00}", Noon.AddMilliseconds(number / 5));

        var pages = new List<IReadOnlyList<DueEntry>>();
        do
            pages.Add(await Indexes.Pending.ReadOverdueAsync(Noon.AddMilliseconds(4), pages.LastOrDefault()?[^1], 7));
        while (pages[^1].Count == 7);

        Assert.Equal([7, 7, 6], pages.Select(page => page.Count));
        Assert.Equal(
            Enumerable.Range(0, 20).Reverse().Select(number => $"order-{number:00}"),
            pages.SelectMany(page => page).Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadOverdue_PageAfterAnEntryThatHasMoved_GoesOnFromWhereItWas()
    {
        await Indexes.Writer.ScheduleAsync("a", Noon);
        await Indexes.Writer.ScheduleAsync("b", Noon);
        await Indexes.Writer.ScheduleAsync("c", Noon);
        var first = await Indexes.Pending.ReadOverdueAsync(Noon.AddSeconds(1), after: null, 2);
        await Indexes.Writer.ScheduleAsync("b", Noon.AddMinutes(1));

        var second = await Indexes.Pending.ReadOverdueAsync(Noon.AddSeconds(1), first[^1], 2);

        Assert.Equal(["c", "b"], first.Select(entry => entry.OrderId));
        Assert.Equal(["a"], second.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadOverdue_LimitBelowOne_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Indexes.Pending.ReadOverdueAsync(Noon, after: null, 0));

    [Fact]
    public async Task ReadSoonest_OfASpan_FindsItsEntriesInOrder()
    {
        (string Id, int DueMs)[] entries = [("early", -1), ("b", 0), ("a:1", 0), ("B", 0), ("c", 1), ("end", 2)];
        foreach (var (id, dueMs) in entries)
            await Indexes.Writer.ScheduleAsync(id, Noon.AddMilliseconds(dueMs));

        var all = await Indexes.Pending.ReadSoonestAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, null, 10);
        var span = await Indexes.Pending.ReadSoonestAsync(Noon, Noon.AddMilliseconds(2), after: null, 10);
        var within = await Indexes.Pending.ReadSoonestAsync(Noon.AddTicks(1), Noon.AddMilliseconds(1.5), null, 10);

        Assert.Equal(["early", "B", "a:1", "b", "c", "end"], all.Select(entry => entry.OrderId));
        Assert.Equal(["B", "a:1", "b", "c"], span.Select(entry => entry.OrderId));
        Assert.Equal([new DueEntry("c", Noon.AddMilliseconds(1))], within);
    }

    [Fact]
    public async Task ReadSoonest_PageByPage_FindsEachOnce()
    {
        for (var number = 0; number < 25; number++)
            await Indexes.Writer.ScheduleAsync($"order-{number:00}", Noon.AddMilliseconds(number / 5));

        var pages = new List<IReadOnlyList<DueEntry>>();
        do
            pages.Add(await Indexes.Pending.ReadSoonestAsync(
                Noon.AddMilliseconds(1), DateTimeOffset.MaxValue, pages.LastOrDefault()?[^1], 7));
        while (pages[^1].Count == 7);

        Assert.Equal([7, 7, 6], pages.Select(page => page.Count));
        Assert.Equal(
            Enumerable.Range(5, 20).Select(number => $"order-{number:00}"),
            pages.SelectMany(page => page).Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadSoonest_AfterAnEntryBeforeTheSpan_BeginsWithTheSpan()
    {
        await Indexes.Writer.ScheduleAsync("before", Noon);
        await Indexes.Writer.ScheduleAsync("in", Noon.AddSeconds(1));

        var entries = await Indexes.Pending.ReadSoonestAsync(
            Noon.AddSeconds(1), DateTimeOffset.MaxValue, new DueEntry("a", Noon.AddSeconds(-1)), 10);

        Assert.Equal(["in"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadSoonest_LimitBelowOne_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Indexes.Pending.ReadSoonestAsync(Noon, Noon, after: null, 0));

    [Fact]
    public async Task Forget_KnownAndUnknownOrder_LeavesTheOthers()
    {
        await Indexes.Writer.ScheduleAsync("order-1", Noon);
        await Indexes.Writer.ScheduleAsync("order-2", Noon);

        await Indexes.Writer.ForgetAsync("order-1");
        await Indexes.Writer.ForgetAsync("order-3");

        var entries = await Indexes.Pending.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);
        Assert.Equal(["order-2"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task Count_AfterAddsMovesAndRemoves_CountsOrders()
    {
        await Indexes.Writer.ScheduleAsync("order-1", Noon);
        await Indexes.Writer.ScheduleAsync("order-2", Noon);
        await Indexes.Writer.ScheduleAsync("order-3", Noon);
        await Indexes.Writer.ScheduleAsync("order-2", Noon.AddSeconds(5));
        await Indexes.Writer.ForgetAsync("order-1");
        await Indexes.Writer.ForgetAsync("order-1");

        Assert.Equal(2, await Indexes.Pending.CountAsync());
    }

    [Fact]
    public async Task Schedule_CanceledBeforehand_ChangesNothing()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Indexes.Writer.ScheduleAsync("order-1", Noon, canceled));

        Assert.Equal(0, await Indexes.Pending.CountAsync());
    }

    [Fact]
    public void Index_AnySequenceOfCalls_BehavesAsTheModelDoes() => IndexModels.CheckPending(Indexes);
}
