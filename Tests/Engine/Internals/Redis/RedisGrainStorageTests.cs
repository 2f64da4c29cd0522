using CoffeePayment.Tests.Redis;
using CoffeePayment.Tests.Storage;
using CoffeePayment.Tests.Support;
using Orleans.Persistence;
using Orleans.Persistence.Redis;
using Orleans.Storage;
using StackExchange.Redis;

namespace CoffeePayment.Tests.Engine.Internals.Redis;

public sealed class RedisGrainStorageTests(SharedRedis redis) : GrainStorageTests, IClassFixture<SharedRedis>
{
    private static readonly GrainId Grain = GrainId.Create("smoke", "a");

    private readonly string _serviceId = RedisProviders.NewServiceId();
    private RedisGrainStorage? _storage;

    protected override IGrainStorage Storage => _storage ??= RedisProviders.Storage(redis.Server, _serviceId);

    [Fact]
    public async Task Write_NewState_IsAHashOfEtagAndData()
    {
        var state = new GrainState<CupState>(new CupState { Sips = 3 });

        await Storage.WriteStateAsync("smoke", Grain, state);

        var fields = (await (await DatabaseAsync()).HashGetAllAsync($"{_serviceId}/state/smoke/a/smoke"))
            .ToDictionary(field => (string)field.Name!, field => (string)field.Value!);
        Assert.Equal(["data", "etag"], fields.Keys.Order());
        Assert.Equal(state.ETag, fields["etag"]);
        Assert.Equal("""{"Sips":3,"Note":null}""", fields["data"]);
    }

    [Fact]
    public async Task Read_StateThatTheOfficialPackageWrote_IsTakenUp()
    {
        var database = await DatabaseAsync();
        var key = $"{_serviceId}/state/smoke/20250317110122659ba6d7-9ace-cndn/smoke";
        await database.HashSetAsync(key, "data", """{"Sips":1,"Note":"official"}""");
        await database.HashSetAsync(key, "etag", "cb6b0f072b9940f18e102fabd89685d6");
        var grain = GrainId.Create("smoke", "20250317110122659ba6d7-9ace-cndn");
        var state = new GrainState<CupState>(new CupState());

        await Storage.ReadStateAsync("smoke", grain, state);
        var read = (state.RecordExists, state.ETag, state.State.Sips, state.State.Note);
        await Storage.WriteStateAsync("smoke", grain, state);

        Assert.Equal((true, "cb6b0f072b9940f18e102fabd89685d6", 1, "official"), read);
        Assert.Equal("""{"Sips":1,"Note":"official"}""", (string?)await database.HashGetAsync(key, "data"));
        Assert.Equal(state.ETag, (string?)await database.HashGetAsync(key, "etag"));
        Assert.Matches("^[0-9a-f]{32}$", state.ETag);
    }

    [Fact]
    public async Task Write_Conflict_NamesBothEtags()
    {
        var first = new GrainState<CupState>(new CupState());
        await Storage.WriteStateAsync("smoke", Grain, first);
        var second = new GrainState<CupState>(new CupState(), "mine");

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(
            () => Storage.WriteStateAsync("smoke", Grain, second));

        Assert.Equal((first.ETag, "mine"), (conflict.StoredEtag, conflict.CurrentEtag));
    }

    [Fact]
    public async Task Clear_KeptByOptions_LeavesTheEtagAsTheOfficialPackageDoes()
    {
        using var storage = RedisProviders.Storage(redis.Server, _serviceId, isDeletedOnClear: false);
        var state = new GrainState<CupState>(new CupState { Sips = 3 });
        await storage.WriteStateAsync("smoke", Grain, state);

        await storage.ClearStateAsync("smoke", Grain, state);

        var read = new GrainState<CupState>(new CupState { Sips = 9 });
        await storage.ReadStateAsync("smoke", Grain, read);
        Assert.False(read.RecordExists);
        Assert.Equal(0, read.State.Sips);
        Assert.Equal(state.ETag, read.ETag);
        Assert.NotNull(read.ETag);
    }

    [Fact]
    public async Task Write_ScriptsFlushed_GoesOn()
    {
        var state = new GrainState<CupState>(new CupState { Sips = 1 });
        await Storage.WriteStateAsync("smoke", Grain, state);
        await (await DatabaseAsync()).ExecuteAsync("SCRIPT", "FLUSH");

        await Storage.WriteStateAsync("smoke", Grain, state);

        Assert.True(state.RecordExists);
    }

    [Fact]
    public async Task Read_SomethingElseUnderTheKey_IsAStorageException()
    {
        await (await DatabaseAsync()).StringSetAsync($"{_serviceId}/state/smoke/a/smoke", "x");

        var failure = await Assert.ThrowsAsync<RedisStorageException>(
            () => Storage.ReadStateAsync("smoke", Grain, new GrainState<CupState>(new CupState())));

        Assert.StartsWith($"Could not read {_serviceId}/state/smoke/a/smoke: WRONGTYPE", failure.Message);
    }

    [Fact]
    public async Task Read_ManyAtOnce_EachHasItsOwnOutcome()
    {
        var ids = Enumerable.Range(0, 300).Select(number => GrainId.Create("smoke", $"{number}")).ToList();
        var written = Enumerable.Range(0, 300)
            .Select(number => new GrainState<CupState>(new CupState { Sips = number })).ToList();
        await Task.WhenAll(ids.Zip(written).Where((_, number) => number is not (100 or 150)).Select(
            pair => Storage.WriteStateAsync("smoke", pair.First, pair.Second)));
        await (await DatabaseAsync()).StringSetAsync($"{_serviceId}/state/smoke/150/smoke", "x");

        var read = ids.ConvertAll(_ => new GrainState<CupState>(new CupState { Sips = -1 }));
        var failures = await Task.WhenAll(ids.Zip(read).Select(pair => Record.ExceptionAsync(
            () => Storage.ReadStateAsync("smoke", pair.First, pair.Second))));

        Assert.Equal([150], Enumerable.Range(0, 300).Where(number => failures[number] is not null));
        Assert.Equal((null, false, 0), (read[100].ETag, read[100].RecordExists, read[100].State.Sips));
        Assert.All(
            Enumerable.Range(0, 300).Where(number => number is not (100 or 150)),
            number => Assert.Equal((written[number].ETag, number), (read[number].ETag, read[number].State.Sips)));
    }

    [Fact]
    public async Task Write_ManyAtOnce_EachHasItsOwnOutcome()
    {
        var ids = Enumerable.Range(0, 300).Select(number => GrainId.Create("smoke", $"{number}")).ToList();
        var states = ids.ConvertAll(_ => new GrainState<CupState>(new CupState { Sips = 1 }));
        await (await DatabaseAsync()).StringSetAsync($"{_serviceId}/state/smoke/150/smoke", "x");
        states[100].ETag = "stale";

        var failures = await Task.WhenAll(ids.Zip(states).Select(pair => Record.ExceptionAsync(
            () => Storage.WriteStateAsync("smoke", pair.First, pair.Second))));

        Assert.IsType<InconsistentStateException>(failures[100]);
        Assert.StartsWith(
            $"Could not write {_serviceId}/state/smoke/150/smoke: WRONGTYPE",
            Assert.IsType<RedisStorageException>(failures[150]).Message);
        Assert.Equal(2, failures.Count(failure => failure is not null));
        Assert.Equal(298, states.Count(state => state.RecordExists));
        var read = new GrainState<CupState>(new CupState());
        await Storage.ReadStateAsync("smoke", ids[299], read);
        Assert.Equal(states[299].ETag, read.ETag);
    }

    [Fact]
    public async Task Write_OneStateTwiceAtOnce_TheFirstWins()
    {
        var others = Enumerable.Range(0, 10).Select(number => Storage.WriteStateAsync(
            "smoke", GrainId.Create("smoke", $"{number}"), new GrainState<CupState>(new CupState()))).ToList();
        var (first, second) = (
            new GrainState<CupState>(new CupState { Sips = 1 }), new GrainState<CupState>(new CupState { Sips = 2 }));

        var firstWrite = Storage.WriteStateAsync("smoke", Grain, first);
        var secondWrite = Storage.WriteStateAsync("smoke", Grain, second);

        await firstWrite;
        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(() => secondWrite);
        Assert.Equal(first.ETag, conflict.StoredEtag);
        await Task.WhenAll(others);
    }

    [Fact]
    public async Task Write_RedisHangs_FailsInTime()
    {
        using var server = await RedisServer.StartAsync();
        using var storage = RedisProviders.Storage(server, _serviceId, timeoutMs: 300);
        var state = new GrainState<CupState>(new CupState());
        await storage.WriteStateAsync("smoke", Grain, state);
        server.Pause();

        var writing = storage.WriteStateAsync("smoke", Grain, state);
        var failure = await Assert.ThrowsAsync<RedisStorageException>(
            () => writing.WaitAsync(TimeSpan.FromSeconds(10)));

        Assert.IsAssignableFrom<TimeoutException>(failure.InnerException);
        server.Continue();
    }

    private async Task<IDatabase> DatabaseAsync() => (await redis.Connection.ShareAsync()).Multiplexer.GetDatabase();
}
