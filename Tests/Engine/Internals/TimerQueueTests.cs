using CoffeePayment.Engine.Timers;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class TimerQueueTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly VirtualTimeProvider _time = new();
    private readonly QueueExecutor _executor = new();
    private readonly List<(string Name, DateTimeOffset At)> _rung = [];

    [Fact]
    public void Schedule_SeveralDelays_RingAtTheirTimesInOrder()
    {
        using var queue = new TimerQueue(_time, _executor);
        var start = _time.GetUtcNow();

        queue.Schedule(Timed("late"), TimeSpan.FromSeconds(9));
        queue.Schedule(Timed("early"), TimeSpan.FromTicks(1));
        queue.Schedule(Timed("middle"), TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(
            [("early", start.AddTicks(1)), ("middle", start.AddSeconds(5)), ("late", start.AddSeconds(9))], _rung);
    }

    [Fact]
    public void Schedule_Again_MovesTheTime()
    {
        using var queue = new TimerQueue(_time, _executor);
        var (start, timed) = (_time.GetUtcNow(), Timed("moved"));

        queue.Schedule(timed, TimeSpan.FromSeconds(1));
        queue.Schedule(timed, TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([("moved", start.AddSeconds(3))], _rung);
    }

    [Fact]
    public void Cancel_TheFirst_LeavesTheClockToTheNext()
    {
        using var queue = new TimerQueue(_time, _executor);
        var (start, first) = (_time.GetUtcNow(), Timed("first"));
        queue.Schedule(first, TimeSpan.FromSeconds(1));
        queue.Schedule(Timed("second"), TimeSpan.FromSeconds(2));

        queue.Cancel(first);

        Assert.Equal(start.AddSeconds(2), _time.NextDue);
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void Schedule_Infinite_TakesItOut()
    {
        using var queue = new TimerQueue(_time, _executor);
        var timed = Timed("never");
        queue.Schedule(timed, TimeSpan.FromSeconds(1));

        queue.Schedule(timed, Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromDays(1));

        Assert.Empty(_rung);
    }

    [Fact]
    public void Ring_MoreAreDueThanRingAtOnce_WhatTheFirstBeganIsCarriedOnBeforeTheNextRing()
    {
        using var queue = new TimerQueue(_time, _executor);
        var seen = new List<string>();
        for (var i = 0; i < TimerQueue.RingMax + 1; i++) queue.Schedule(new BeginningTimed(_executor, seen), Second);
        queue.Schedule(Timed("later"), 2 * Second);

        _time.Advance(Second);
        _executor.RunAll();

        Assert.Equal(
            [
                .. Enumerable.Repeat("rings", TimerQueue.RingMax),
                .. Enumerable.Repeat("is carried on", TimerQueue.RingMax),
                "rings",
                "is carried on",
            ],
            seen);
        Assert.Empty(_rung);
        Assert.Equal(_time.GetUtcNow() + Second, _time.NextDue);
    }

    [Fact]
    public void Ring_OthersAreDueSoonAfterwards_RingTogetherAfterThePause()
    {
        using var queue = new TimerQueue(_time, _executor, Milliseconds(4));
        var start = _time.GetUtcNow();
        foreach (var due in new[] { 10, 11, 13, 14, 15, 100 }) queue.Schedule(Timed($"{due}"), Milliseconds(due));

        _time.Advance(Second);

        Assert.Equal(
            [("10", 10), ("11", 14), ("13", 14), ("14", 14), ("15", 18), ("100", 100)],
            _rung.Select(rung => (rung.Name, (rung.At - start).TotalMilliseconds)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Schedule_RandomChanges_RingAsASortedListWould(int seed)
    {
        using var queue = new TimerQueue(_time, _executor);
        var random = new Random(seed);
        var start = _time.GetUtcNow();
        var timed = Enumerable.Range(0, 300).Select(i => Timed($"{i}")).ToList();
        var expected = new Dictionary<string, DateTimeOffset>();

        for (var i = 0; i < 3_000; i++)
        {
            var one = timed[random.Next(timed.Count)];
            if (random.Next(4) == 0)
            {
                queue.Cancel(one);
                expected.Remove(one.Name);
            }
            else
            {
                // All different, so that the order is no matter of luck.
                var delay = TimeSpan.FromTicks((random.Next(1_000_000) * 4_000L) + i);
                queue.Schedule(one, delay);
                expected[one.Name] = start + delay;
            }
        }

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(expected.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value), _rung);
    }

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private RecordingTimed Timed(string name) => new(name, () => _rung.Add((name, _time.GetUtcNow())));

    private sealed class RecordingTimed(string name, Action ring) : ITimed
    {
        public string Name => name;

        public int Slot { get; set; } = -1;

        public void OnDue() => ring();
    }

    /// <summary>Begins what is carried on by the executor, as a grain's timer does.</summary>
    private sealed class BeginningTimed(QueueExecutor executor, List<string> seen) : ITimed, IThreadPoolWorkItem
    {
        public int Slot { get; set; } = -1;

        public void OnDue()
        {
            seen.Add("rings");
            executor.Execute(this);
        }

        public void Execute() => seen.Add("is carried on");
    }
}
