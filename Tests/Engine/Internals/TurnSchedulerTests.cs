namespace CoffeePayment.Tests.Engine.Internals;

public sealed class TurnSchedulerTests
{
    private const int Quantum = 64;

    private readonly QueueExecutor _executor = new();
    private readonly List<string> _record = [];

    [Fact]
    public void Post_ManyItems_RunInOrderOfPosting()
    {
        var scheduler = new RecordingScheduler(_executor, _record);
        var items = Enumerable.Range(0, 500).Select(i => $"{i}").ToList();

        items.ForEach(scheduler.Post);
        _executor.RunAll();

        Assert.Equal(items, _record);
    }

    [Fact]
    public void Post_TwoBusySchedulers_TakeTurnsAfterAQuantumEach()
    {
        var (one, other) = (new RecordingScheduler(_executor, _record), new RecordingScheduler(_executor, _record));

        for (var i = 0; i < 2 * Quantum; i++) one.Post("one");
        for (var i = 0; i < 2 * Quantum; i++) other.Post("other");
        _executor.RunAll();

        string[] expected = ["one", "other", "one", "other"];
        Assert.Equal(expected.SelectMany(name => Enumerable.Repeat(name, Quantum)), _record);
    }

    [Fact]
    public void Post_WhileATurnRuns_WaitsForItsEnd()
    {
        var scheduler = new RecordingScheduler(_executor, _record);

        scheduler.Post(() =>
        {
            scheduler.Post("inner");
            _record.Add("outer");
        });
        _executor.RunAll();

        Assert.Equal(["outer", "inner"], _record);
    }

    [Fact]
    public void Post_ItemThatThrows_IsReportedAndTheNextRuns()
    {
        var scheduler = new RecordingScheduler(_executor, _record);

        scheduler.Post(static () => throw new InvalidOperationException("no"));
        scheduler.Post("next");
        _executor.RunAll();

        Assert.Equal(["failed: no", "next"], _record);
    }

    [Fact]
    public void Turn_AfterAnAwait_IsStillOnItsScheduler()
    {
        var scheduler = new RecordingScheduler(_executor, _record);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var places = new List<(bool, TaskScheduler)>();

        scheduler.Post(() => _ = Work());
        _executor.RunAll();
        gate.SetResult();
        _executor.RunAll();

        Assert.Equal([(true, scheduler), (true, scheduler)], places);

        async Task Work()
        {
            places.Add((scheduler.IsCurrent, TaskScheduler.Current));
            await gate.Task;
            places.Add((scheduler.IsCurrent, TaskScheduler.Current));
        }
    }

    [Fact]
    public void Turn_SetsAnAsyncLocal_NextTurnDoesNotSeeIt()
    {
        var scheduler = new RecordingScheduler(_executor, _record);
        var local = new AsyncLocal<string?>();

        scheduler.Post(() => local.Value = "left behind");
        scheduler.Post(() => _record.Add(local.Value ?? "nothing"));
        _executor.RunAll();

        Assert.Equal(["nothing"], _record);
    }
}
