using CoffeePayment.Grouping;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Grouping;

public sealed class GroupedCallsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<Sent> _groups = [];
    private readonly VirtualTimeProvider _time = new();
    private Gathering _gathering = Gathering.Short;
    private GroupedCalls<int, string>? _calls;

    public void Dispose() => _calls?.Dispose();

    [Fact]
    public async Task Call_NothingUnderWay_GoesAtOnce()
    {
        var call = Call(1);

        Assert.Equal([1], Assert.Single(_groups).Requests);
        _groups[0].Answer();
        Assert.Equal("answer 1", await call);
    }

    [Fact]
    public async Task Call_SomeWhileOneIsUnderWay_ShareTheNextInOrder()
    {
        var first = Call(1);
        var others = new[] { Call(2), Call(3), Call(2) };
        Assert.Single(_groups);

        _groups[0].Answer();

        Assert.Equal("answer 1", await first);
        Assert.Equal([2, 3, 2], _groups[1].Requests);
        _groups[1].Answer();
        Assert.Equal(["answer 2", "answer 3", "answer 2"], await Task.WhenAll(others));
    }

    [Fact]
    public async Task Call_ManyHaveCome_WaitsForCompany()
    {
        var sent = await BecomeBusyAsync();
        var gathered = new[] { Call(8), Call(9) };
        Assert.Equal(sent, _groups.Count);
        _time.Advance(Gathering.Short.Interval);

        Assert.Equal([8, 9], _groups[^1].Requests);
        _groups[^1].Answer();
        Assert.Equal(["answer 8", "answer 9"], await Task.WhenAll(gathered));
    }

    [Fact]
    public async Task Call_FewComeInAnInterval_NobodyWaitsForCompany()
    {
        for (var number = 0; number < 100; number++)
        {
            var call = Call(number);
            Assert.Equal(number + 1, _groups.Count);
            _groups[^1].Answer();
            await call;
            _time.Advance(Gathering.Short.Interval / 2);
        }
    }

    [Fact]
    public async Task Call_AfterAQuietMoment_GoesAtOnceAgain()
    {
        await BecomeBusyAsync();
        _time.Advance(Gathering.Short.Interval * GroupedCalls<int, string>.Burst);
        var call = Call(8);

        Assert.Equal([8], _groups[^1].Requests);
        _groups[^1].Answer();
        Assert.Equal("answer 8", await call);
    }

    [Fact]
    public async Task Call_CompanyEnough_GoWithoutWaiting()
    {
        await BecomeBusyAsync();
        var calls = Enumerable.Range(8, Gathering.Short.FullEnough).Select(number => Call(number)).ToList();

        Assert.Equal(calls.Count, _groups[^1].Requests.Count);
        _groups[^1].Answer();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Call_AloneAfterManyFullGroups_WaitsForCompanyAnIntervalAndNoMore()
    {
        for (var group = 0; group < 100; group++)
        {
            var calls = Enumerable.Range(0, Gathering.Short.FullEnough)
                .Select(number => Call(number))
                .ToList();
            while (!_groups[^1].Task.IsCompleted) _groups[^1].Answer();
            await Task.WhenAll(calls);
        }

        var alone = Call(8);
        _time.Advance(Gathering.Short.Interval);

        Assert.Equal([8], _groups[^1].Requests);
        _groups[^1].Answer();
        Assert.Equal("answer 8", await alone);
    }

    [Fact]
    public async Task Call_GatheringLonger_WaitsLongerForMore()
    {
        _gathering = Gathering.Long;
        var sent = await BecomeBusyAsync();
        var calls = Enumerable.Range(8, Gathering.Short.FullEnough).Select(number => Call(number)).ToList();
        _time.Advance(Gathering.Short.Interval);
        Assert.Equal(sent, _groups.Count);

        _time.Advance(Gathering.Long.Interval - Gathering.Short.Interval);

        Assert.Equal(calls.Count, _groups[^1].Requests.Count);
        _groups[^1].Answer();
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Call_MoreThanAGroupHolds_GoInSeveral()
    {
        const int max = GroupedCalls<int, string>.GroupMax;
        var calls = Enumerable.Range(0, 1 + max + 1).Select(number => Call(number)).ToList();

        for (var i = 0; i < 3; i++) _groups[i].Answer();

        await Task.WhenAll(calls);
        Assert.Equal([1, max, 1], _groups.Select(group => group.Requests.Count));
    }

    [Fact]
    public async Task Call_MoreThanAGroupHoldsWhileAnswersTakeLong_GoInLargerOnes()
    {
        const int max = GroupedCalls<int, string>.SlowGroupMax;
        var calls = Enumerable.Range(0, 1 + max + 1).Select(number => Call(number)).ToList();

        _time.Advance(GroupedCalls<int, string>.Slow);
        for (var i = 0; i < 3; i++) _groups[i].Answer();

        await Task.WhenAll(calls);
        Assert.Equal([1, max, 1], _groups.Select(group => group.Requests.Count));
    }

    [Fact]
    public async Task Call_GroupFails_AllInItAreToldAndTheNextGoes()
    {
        var first = Call(1);
        var (second, third) = (Call(2), Call(3));
        _groups[0].Answer();

        _groups[1].Fail(new IOException("gone"));
        var fourth = Call(4);
        _groups[2].Answer();

        await first;
        Assert.Equal("gone", (await Assert.ThrowsAsync<IOException>(() => second)).Message);
        Assert.Equal("gone", (await Assert.ThrowsAsync<IOException>(() => third)).Message);
        Assert.Equal("answer 4", await fourth);
    }

    [Fact]
    public async Task Call_SendingThrows_FailsAndTheNextGoes()
    {
        using var calls = new GroupedCalls<int, string>(
            static requests => requests[0] == 1
                ? throw new IOException("no connection")
                : Task.FromResult<IReadOnlyList<string>>(["fine"]),
            Patience,
            Gathering.Short,
            _time);

        await Assert.ThrowsAsync<IOException>(() => calls.CallAsync(1, CancellationToken.None));

        Assert.Equal("fine", await calls.CallAsync(2, CancellationToken.None));
    }

    [Fact]
    public async Task Call_FewerAnswersThanRequests_AllFailAndTheNextGoes()
    {
        var first = Call(1);
        var (second, third) = (Call(2), Call(3));
        _groups[0].Answer();
        await first;

        _groups[1].SetResult(["answer 2"]);
        var fourth = Call(4);
        _groups[2].Answer();

        await Assert.ThrowsAsync<InvalidOperationException>(() => second.WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(() => third.WaitAsync(Patience));
        Assert.Equal("answer 4", await fourth);
    }

    [Fact]
    public async Task Call_NoAnswer_FailsInTimeAndOthersAreSent()
    {
        var first = Call(1, timeoutMs: 100);
        _time.Advance(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAsync<TimeoutException>(() => first.WaitAsync(Patience));
        var second = Call(2);
        _groups[0].Answer();
        _groups[1].Answer();

        Assert.Equal([2], _groups[1].Requests);
        Assert.Equal("answer 2", await second);
    }

    [Fact]
    public async Task Call_WaitingForAGroupThatIsNotAnswered_FailsInTimeToo()
    {
        var first = Call(1, timeoutMs: 100);
        var second = Call(2);

        _time.Advance(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAsync<TimeoutException>(() => first.WaitAsync(Patience));

        await Assert.ThrowsAsync<TimeoutException>(() => second.WaitAsync(Patience));
    }

    [Fact]
    public async Task Call_GroupsAreAnsweredSlowly_WaitsForItsTurn()
    {
        var first = Call(1, timeoutMs: 100);
        _ = Enumerable.Range(0, GroupedCalls<int, string>.SlowGroupMax).Select(number => Call(number)).ToList();
        var last = Call(2);

        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(90));
            _groups[i].Answer();
        }

        Assert.Equal("answer 1", await first);
        Assert.Equal("answer 2", await last);
    }

    [Fact]
    public async Task Call_CanceledInAGroup_OthersAreAnswered()
    {
        using var cancellation = new CancellationTokenSource();
        var first = Call(1);
        var second = Calls().CallAsync(2, cancellation.Token);
        var third = Call(3);

        await cancellation.CancelAsync();
        _groups[0].Answer();
        _groups[1].Answer();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Equal(["answer 1", "answer 3"], await Task.WhenAll(first, third));
    }

    /// <summary>So many calls that those which follow wait for company; how many groups that made.</summary>
    private async Task<int> BecomeBusyAsync()
    {
        const int groups = GroupedCalls<int, string>.Burst + 1;
        var calls = Enumerable.Range(0, groups * GroupedCalls<int, string>.GroupMax)
            .Select(number => Call(number))
            .ToList();
        while (!_groups[^1].Task.IsCompleted) _groups[^1].Answer();
        await Task.WhenAll(calls);
        return _groups.Count;
    }

    private Task<string> Call(int request) => Call(request, timeoutMs: 20_000);

    private Task<string> Call(int request, int timeoutMs) =>
        Calls(timeoutMs).CallAsync(request, CancellationToken.None);

    private GroupedCalls<int, string> Calls(int timeoutMs = 20_000) => _calls ??= new GroupedCalls<int, string>(
        requests =>
        {
            var sent = new Sent(requests);
            _groups.Add(sent);
            return sent.Task;
        },
        TimeSpan.FromMilliseconds(timeoutMs),
        _gathering,
        _time);

    private sealed class Sent(IReadOnlyList<int> requests) : TaskCompletionSource<IReadOnlyList<string>>
    {
        public IReadOnlyList<int> Requests => requests;

        public void Answer() => SetResult([.. requests.Select(request => $"answer {request}")]);

        public void Fail(Exception exception) => SetException(exception);
    }
}
