using System.Diagnostics;
using CoffeePayment.Grouping;
using CoffeePayment.Hosting.Redis;
using CoffeePayment.Tests.Storage;
using CoffeePayment.Tests.Support;
using Orleans.Clustering.Redis;
using Orleans.Reminders.Redis;

namespace CoffeePayment.Tests.Redis;

/// <summary>
/// Redis goes away and comes back: calls fail in time, nothing that was acknowledged is lost, and it goes on.
/// </summary>
public sealed class RedisOutageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static TheoryData<Exception> Outages =>
    [
        new RedisStorageException("ours"),
        new Orleans.Persistence.Redis.RedisStorageException("the storage provider's"),
        new RedisRemindersException("the reminder provider's"),
        new RedisClusteringException("the membership provider's"),
    ];

    [Theory]
    [MemberData(nameof(Outages))]
    public void Exception_OfWhoeverUsesRedis_IsAnOutage(Exception exception) =>
        Assert.True(RedisOutages.IsOutage(exception));

    [Fact]
    public void Exception_OfAnybodyElse_IsNoOutage() =>
        Assert.False(RedisOutages.IsOutage(new InvalidOperationException("a bug")));

    [Fact]
    public async Task Writes_RedisKilledAndRestarted_AcknowledgedOnesAreThereAndMoreFollow()
    {
        using var server = await RedisServer.StartAsync(isDurable: true);
        await using var redis = SharedRedis.Connect(server);
        var indexes = OrderIndexSet.In(redis);
        var acknowledged = new List<string>();
        for (var number = 0; number < 200; number++)
            await WriteAsync($"before-{number}");

        // These are on their way when it dies; some may be acknowledged.
        var pending = Enumerable.Range(0, 200).Select(number => WriteAsync($"during-{number}")).ToList();
        server.Kill();
        var outcomes = await Task.WhenAll(pending.Select(write => Record.ExceptionAsync(() => write)));
        var failures = outcomes.OfType<Exception>().ToList();
        await server.RestartAsync();
        await BackAsync(redis);
        await WriteAsync("after");

        Assert.All(failures, failure => Assert.IsType<RedisStorageException>(failure));
        var stored = (await indexes.Pending.ReadOverdueAsync(Noon.AddDays(1), after: null, 1000))
            .Select(entry => entry.OrderId).ToHashSet();
        Assert.Empty(acknowledged.Except(stored));

        async Task WriteAsync(string orderId)
        {
            await indexes.Writer.ScheduleAsync(orderId, Noon);
            lock (acknowledged)
                acknowledged.Add(orderId);
        }
    }

    [Fact]
    public async Task Scripts_RedisRestartedWithoutThem_AreSentAgain()
    {
        using var server = await RedisServer.StartAsync(isDurable: true);
        await using var redis = SharedRedis.Connect(server);
        var indexes = OrderIndexSet.In(redis);
        await indexes.ClaimAsync("payment-1", "order-1");
        server.Kill();
        await server.RestartAsync();
        await BackAsync(redis);

        Assert.Equal("order-1", await indexes.ClaimAsync("payment-1", "order-2"));
    }

    [Fact]
    public async Task Call_RedisAway_IsAnOutage()
    {
        using var server = await RedisServer.StartAsync();
        await using var redis = SharedRedis.Connect(server, options => options.CallTimeout = TimeSpan.FromSeconds(1));
        await redis.PingAsync();
        server.Kill();

        var failure = await Record.ExceptionAsync(() => redis.PingAsync().WaitAsync(Patience));

        Assert.IsType<RedisStorageException>(failure);

        // A call on a grain may end with it, and no Orleans can send the client's exceptions.
        Assert.Null(failure.InnerException);
        Assert.True(RedisOutages.IsOutage(failure));
    }

    [Fact]
    public async Task Call_ThatTheClientGivesUp_FailsAsAnyOther()
    {
        using var server = await RedisServer.StartAsync();
        await using var redis = SharedRedis.Connect(server);
        var givenUp = new CancellationToken(canceled: true);
        var group = redis.Group<int, bool>(
            (_, _) => Task.FromCanceled<IReadOnlyList<bool>>(givenUp), Gathering.Short);

        var alone = redis.CallAsync("reach Redis", _ => Task.FromCanceled<bool>(givenUp), CancellationToken.None);
        var grouped = redis.CallAsync("reach Redis", group, 1, CancellationToken.None);

        await Assert.ThrowsAsync<RedisStorageException>(() => alone);
        await Assert.ThrowsAsync<RedisStorageException>(() => grouped);
    }

    [Fact]
    public async Task Call_RedisHangs_FailsInTimeAndGoesOnAfterIt()
    {
        using var server = await RedisServer.StartAsync();
        await using var redis = SharedRedis.Connect(
            server, options => options.CallTimeout = TimeSpan.FromMilliseconds(300));
        await redis.PingAsync();
        server.Pause();

        var started = Stopwatch.GetTimestamp();
        var failure = await Record.ExceptionAsync(() => redis.PingAsync());
        var took = Stopwatch.GetElapsedTime(started);
        server.Continue();

        Assert.IsType<RedisStorageException>(failure);
        Assert.InRange(took, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        await BackAsync(redis);
    }

    [Fact]
    public async Task WaitUntilItAnswers_NobodyListens_FailsWithALine()
    {
        var server = await RedisServer.StartAsync();
        server.Dispose();
        await using var redis = SharedRedis.Connect(server, options => options.StartPatience = TimeSpan.Zero);

        var failure = await Assert.ThrowsAsync<RedisStorageException>(() => redis.WaitUntilItAnswersAsync());

        Assert.StartsWith($"REDIS_URL: Redis at 127.0.0.1:{server.Port} does not answer (", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task WaitUntilItAnswers_PasswordOfTheServer_IsTaken()
    {
        using var server = await RedisServer.StartAsync(password: "se,cret @:/ М");
        await using var redis = SharedRedis.Connect(server);

        await redis.WaitUntilItAnswersAsync();
    }

    [Fact]
    public async Task WaitUntilItAnswers_OtherPassword_FailsAndTellsNobody()
    {
        using var server = await RedisServer.StartAsync(password: "secret-1");
        await using var redis = SharedRedis.Connect(server, options =>
        {
            options.Configuration!.Password = "secret-2";
            options.StartPatience = TimeSpan.Zero;
        });

        var failure = await Assert.ThrowsAsync<RedisStorageException>(() => redis.WaitUntilItAnswersAsync());

        Assert.DoesNotContain("secret", failure.ToString());
    }

    private static Task BackAsync(RedisConnection redis) => redis.WaitUntilItAnswersAsync().WaitAsync(Patience);
}
