using CoffeePayment.Orders;
using CoffeePayment.Ports;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Storage;

/// <summary>
/// Calls any sequence of what writes and reads an index and compares every answer with that of a dictionary. A few ids
/// and times are enough to make everything collide with everything.
/// </summary>
internal static class IndexModels
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Id = Gen.Elements("a", "b", "B", "a:1", "z-9", "_");
    private static readonly Gen<DateTimeOffset> Time = Gen.Choose(0, 6).Select(ms => Start.AddMilliseconds(ms));
    private static readonly Gen<int> Limit = Gen.Choose(1, 4);

    public static void CheckPending(OrderIndexSet indexes)
    {
        var model = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var schedule =
            from id in Id
            from due in Time
            select Step(async () =>
            {
                await indexes.Writer.ScheduleAsync(id, due);
                model[id] = due;
            });
        var remove =
            from id in Id
            select Step(async () =>
            {
                await indexes.Writer.ForgetAsync(id);
                model.Remove(id);
            });
        var read =
            from before in Time
            from limit in Limit
            select Step(async () =>
            {
                var expected = model.Where(pair => pair.Value < before)
                    .OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new DueEntry(pair.Key, pair.Value));
                Assert.Equal(expected, await AllPagesAsync<DueEntry>(
                    limit, (after, count) => indexes.Pending.ReadOverdueAsync(before, after, count)));
                Assert.Equal(model.Count, await indexes.Pending.CountAsync());
            });
        var readForwards =
            from @from in Time
            from before in Time
            from limit in Limit
            select Step(async () =>
            {
                var expected = model.Where(pair => pair.Value >= @from && pair.Value < before)
                    .OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new DueEntry(pair.Key, pair.Value));
                Assert.Equal(expected, await AllPagesAsync<DueEntry>(
                    limit, (after, count) => indexes.Pending.ReadSoonestAsync(@from, before, after, count)));
            });

        Run(async () =>
        {
            foreach (var id in model.Keys)
                await indexes.Writer.ForgetAsync(id);

            model.Clear();
        }, (4, schedule), (1, remove), (2, read), (2, readForwards));
    }

    public static void CheckStatuses(OrderIndexSet indexes)
    {
        var model = new Dictionary<string, (OrderStatus Status, DateTimeOffset At, bool Attention)>(
            StringComparer.Ordinal);
        var anyStatus = Gen.Elements(OrderStatus.Pending, OrderStatus.ManualMake, OrderStatus.Refunded);
        var put =
            from id in Id
            from status in anyStatus
            from at in Time
            from attention in Gen.Elements(true, false)
            select Step(async () =>
            {
                await indexes.Writer.PutAsync(new OrderIndexEntry(id, status, at, DueAt: null, attention));
                model[id] = (status, at, attention);
            });
        var remove =
            from id in Id
            select Step(async () =>
            {
                await indexes.Writer.ForgetAsync(id);
                model.Remove(id);
            });
        var read =
            from status in anyStatus
            from before in Time
            from limit in Limit
            select Step(async () =>
            {
                var oldestFirst = model.Where(pair => pair.Value.Status == status)
                    .OrderBy(pair => pair.Value.At).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new StatusEntry(pair.Key, pair.Value.At)).ToList();
                Assert.Equal(oldestFirst.AsEnumerable().Reverse(), await AllPagesAsync<StatusEntry>(
                    limit, (after, count) => indexes.Statuses.ListAsync(status, after, count)));
                Assert.Equal(oldestFirst.Where(entry => entry.At < before), await AllPagesAsync<StatusEntry>(
                    limit, (after, count) => indexes.Statuses.ReadOlderThanAsync(status, before, after, count)));
                Assert.Equal(oldestFirst.Count, (await indexes.Statuses.CountAsync()).GetValueOrDefault(status));
            });
        var readAttention =
            from limit in Limit
            select Step(async () =>
            {
                var expected = model.Where(pair => pair.Value.Attention)
                    .OrderByDescending(pair => pair.Value.At).ThenByDescending(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new StatusEntry(pair.Key, pair.Value.At));
                Assert.Equal(expected, await AllPagesAsync<StatusEntry>(
                    limit, (after, count) => indexes.Attention.ListAsync(after, count)));
                Assert.Equal(expected.Count(), await indexes.Attention.CountAsync());
            });

        Run(async () =>
        {
            foreach (var id in model.Keys)
                await indexes.Writer.ForgetAsync(id);

            model.Clear();
        }, (4, put), (1, remove), (2, read), (1, readAttention));
    }

    public static void CheckPayments(OrderIndexSet indexes)
    {
        var model = new Dictionary<string, string>(StringComparer.Ordinal);
        var claim =
            from payment in Id
            from order in Id
            select Step(async () =>
            {
                model.TryAdd(payment, order);
                Assert.Equal(model[payment], await indexes.ClaimAsync(payment, order));
            });
        var forget =
            from order in Id
            select Step(async () =>
            {
                await indexes.Writer.ForgetAsync(order);
                foreach (var payment in model.Where(pair => pair.Value == order).Select(pair => pair.Key).ToList())
                    model.Remove(payment);
            });
        var find =
            from payment in Id
            select Step(async () =>
                Assert.Equal(model.GetValueOrDefault(payment), await indexes.Payments.FindAsync(payment)));

        Run(async () =>
        {
            foreach (var order in model.Values.Distinct())
                await indexes.Writer.ForgetAsync(order);

            model.Clear();
        }, (3, claim), (1, forget), (2, find));
    }

    private static Func<Task> Step(Func<Task> step) => step;

    private static void Run(Func<Task> clear, params (int Weight, Gen<Func<Task>> Step)[] steps) =>
        Prop.ForAll(Gen.Frequency(steps).ListOf().ToArbitrary(), async sequence =>
        {
            foreach (var step in sequence)
                await step();

            await clear();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    private static async Task<List<TEntry>> AllPagesAsync<TEntry>(
        int limit, Func<TEntry?, int, ValueTask<IReadOnlyList<TEntry>>> read)
        where TEntry : struct
    {
        var all = new List<TEntry>();
        IReadOnlyList<TEntry> page;
        do
            all.AddRange(page = await read(all.Count == 0 ? null : all[^1], limit));
        while (page.Count == limit);
        return all;
    }
}
