using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Storage;

/// <summary>What every due index does, wherever it keeps its entries.</summary>
public abstract class PendingPaymentIndexTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An index without entries.</summary>
    protected abstract IPendingPaymentIndex Index { get; }

    [Fact]
    public async Task ReadOverdue_EmptyIndex_FindsNothing()
    {
        var entries = await Index.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Empty(entries);
    }

    [Fact]
    public async Task Schedule_NewOrder_KeepsTheMillisecond()
    {
        await Index.ScheduleAsync("order-1", Noon.AddTicks(12_345_678));

        var entries = await Index.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Equal([new DueEntry("order-1", Noon.AddMilliseconds(1234))], entries);
    }

    [Fact]
    public async Task Schedule_TimeWithOffset_KeepsTheInstant()
    {
        await Index.ScheduleAsync("order-1", Noon.ToOffset(TimeSpan.FromHours(3)));

        var entry = Assert.Single(await Index.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10));

        Assert.Equal(TimeSpan.Zero, entry.DueAt.Offset);
        Assert.Equal(Noon, entry.DueAt);
    }

    [Fact]
    public async Task Schedule_KnownOrder_MovesIt()
    {
        await Index.ScheduleAsync("order-1", Noon);
        await Index.ScheduleAsync("order-1", Noon.AddSeconds(5));

        var entries = await Index.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Equal([new DueEntry("order-1", Noon.AddSeconds(5))], entries);
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(TimeSpan.TicksPerMillisecond, true)]
    public async Task ReadOverdue_BoundAroundTheDueTime_IsExclusiveToTheTick(long ticksAfterDue, bool isOverdue)
    {
        await Index.ScheduleAsync("order-1", Noon);

        var entries = await Index.ReadOverdueAsync(Noon.AddTicks(ticksAfterDue), after: null, 10);

        Assert.Equal(isOverdue ? 1 : 0, entries.Count);
    }

    [Fact]
    public async Task ReadOverdue_SeveralOrders_MostRecentFirstTiesByDescendingId()
    {
        await Index.ScheduleAsync("b", Noon);
        await Index.ScheduleAsync("oldest", Noon.AddHours(-1));
        await Index.ScheduleAsync("B", Noon);
        await Index.ScheduleAsync("a:1", Noon);
        await Index.ScheduleAsync("newest", Noon.AddMilliseconds(1));

        var entries = await Index.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);

        Assert.Equal(["newest", "b", "a:1", "B", "oldest"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadOverdue_PageByPage_FindsEachOnce()
    {
        for (var number = 0; number < 25; number++)
            await Index.ScheduleAsync($"order-{number:00}", Noon.AddMilliseconds(number / 5));

        var pages = new List<IReadOnlyList<DueEntry>>();
        do
            pages.Add(await Index.ReadOverdueAsync(Noon.AddMilliseconds(4), pages.LastOrDefault()?[^1], 7));
        while (pages[^1].Count == 7);

        Assert.Equal([7, 7, 6], pages.Select(page => page.Count));
        Assert.Equal(
            Enumerable.Range(0, 20).Reverse().Select(number => $"order-{number:00}"),
            pages.SelectMany(page => page).Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadOverdue_PageAfterAnEntryThatHasMoved_GoesOnFromWhereItWas()
    {
        await Index.ScheduleAsync("a", Noon);
        await Index.ScheduleAsync("b", Noon);
        await Index.ScheduleAsync("c", Noon);
        var first = await Index.ReadOverdueAsync(Noon.AddSeconds(1), after: null, 2);
        await Index.ScheduleAsync("b", Noon.AddMinutes(1));

        var second = await Index.ReadOverdueAsync(Noon.AddSeconds(1), first[^1], 2);

        Assert.Equal(["c", "b"], first.Select(entry => entry.OrderId));
        Assert.Equal(["a"], second.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task ReadOverdue_LimitBelowOne_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await Index.ReadOverdueAsync(Noon, after: null, 0));

    [Fact]
    public async Task Remove_KnownAndUnknownOrder_LeavesTheOthers()
    {
        await Index.ScheduleAsync("order-1", Noon);
        await Index.ScheduleAsync("order-2", Noon);

        await Index.RemoveAsync("order-1");
        await Index.RemoveAsync("order-3");

        var entries = await Index.ReadOverdueAsync(DateTimeOffset.MaxValue, after: null, 10);
        Assert.Equal(["order-2"], entries.Select(entry => entry.OrderId));
    }

    [Fact]
    public async Task Count_AfterAddsMovesAndRemoves_CountsOrders()
    {
        await Index.ScheduleAsync("order-1", Noon);
        await Index.ScheduleAsync("order-2", Noon);
        await Index.ScheduleAsync("order-3", Noon);
        await Index.ScheduleAsync("order-2", Noon.AddSeconds(5));
        await Index.RemoveAsync("order-1");
        await Index.RemoveAsync("order-1");

        Assert.Equal(2, await Index.CountAsync());
    }

    [Fact]
    public async Task Schedule_CanceledBeforehand_ChangesNothing()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Index.ScheduleAsync("order-1", Noon, canceled));

        Assert.Equal(0, await Index.CountAsync());
    }

    [Fact]
    public void Index_AnySequenceOfCalls_BehavesAsTheModelDoes() => IndexModels.Check(Index);
}
