using System.Net;
using CoffeePayment.Api.Limits;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Api;

public sealed class LimitTests
{
    [Fact]
    public async Task Key_AboveItsRate_Is429UntilTokensAreThereAgain()
    {
        await using var api = await ApiHarness.StartAsync(options =>
        {
            options.Keys = TestKeys.Of("first", "second");
            options.RateLimit = 4;
        });

        var burst = await StatusesAsync(api, "first", 5);
        var other = await StatusesAsync(api, "second", 1);
        var refused = await api.SendAsync(HttpMethod.Get, "/v1/orders?status=paid", authorization: "Bearer first");
        api.Cluster.Time.Advance(TimeSpan.FromSeconds(0.5));
        var later = await StatusesAsync(api, "first", 3);

        Assert.Equal([200, 200, 200, 200, 429], burst);
        Assert.Equal([200], other);
        Assert.Equal(("too-many-requests", "1"), (refused.ProblemType, refused.Headers["Retry-After"]));
        Assert.Equal([200, 200, 429], later);
    }

    [Fact]
    public async Task Key_WithoutALimit_IsNeverRefused()
    {
        await using var api = await ApiHarness.StartAsync(options => options.Keys = TestKeys.Of("first"));

        var statuses = await StatusesAsync(api, "first", 100);

        Assert.All(statuses, status => Assert.Equal(200, status));
    }

    [Fact]
    public async Task WrongKeys_Many_HaveToWaitAndTheRightOneDoesNot()
    {
        await using var api = await ApiHarness.StartAsync(options => options.Keys = TestKeys.Of("first"));

        var wrong = await StatusesAsync(api, "wrong", 12);
        var right = await StatusesAsync(api, "first", 1);

        Assert.Equal([.. Enumerable.Repeat(401, 10), 429, 429], wrong);
        Assert.Equal([200], right);
    }

    [Fact]
    public async Task Webhooks_AboveTheShareOfAnAddress_Are429()
    {
        await using var api = await ApiHarness.StartAsync(options => options.WebhookRateLimit = 12);

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++) statuses.Add((await api.PostAsync("/v1/webhooks/yookassa", "{}")).Status);
        var refused = await api.PostAsync("/v1/webhooks/yookassa", "{}");

        Assert.Equal([400, 400, 400, 429], statuses);
        Assert.Equal(("too-many-notifications", "1"), (refused.ProblemType, refused.Headers["Retry-After"]));
    }

    [Fact]
    public void Bucket_OverALongTime_GivesItsRateAndNoMore()
    {
        var time = new VirtualTimeProvider();
        var bucket = new TokenBucket(perSecond: 10, capacity: 3, time);

        var taken = 0;
        for (var ms = 0; ms < 10_000; ms += 7)
        {
            if (bucket.TryTake(out _)) taken++;
            time.Advance(TimeSpan.FromMilliseconds(7));
        }

        // What was in it, and 100 ms for each more: 9.996 s have passed.
        Assert.Equal(3 + 99, taken);
    }

    [Fact]
    public async Task Bucket_TakenFromByMany_GivesNoTokenTwice()
    {
        var bucket = new TokenBucket(perSecond: 1, capacity: 1000, new VirtualTimeProvider());
        var takers = Enumerable.Range(0, 8).Select(
            _ => Task.Run(() => Enumerable.Range(0, 500).Count(_ => bucket.TryTake(out var _))));

        var taken = await Task.WhenAll(takers);

        Assert.Equal(1000, taken.Sum());
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void Addresses_OfOneNetwork_ShareABucket(string one, string other, bool isSame)
    {
        var buckets = new AddressBuckets(perSecond: 1, capacity: 1, new VirtualTimeProvider());

        var isOne = ReferenceEquals(buckets.Of(IPAddress.Parse(one)), buckets.Of(IPAddress.Parse(other)));

        Assert.Equal(isSame, isOne);
    }

    [Fact]
    public void Addresses_MoreThanAreKept_ShareOneBucketUntilOthersAreFullAgain()
    {
        var time = new VirtualTimeProvider();
        var buckets = new AddressBuckets(perSecond: 1, capacity: 1, time);
        for (var i = 0; i < AddressBuckets.AddressesMax; i++) buckets.Of(Address(i)).TryTake(out _);

        var (first, second) = (buckets.Of(Address(20_000)), buckets.Of(Address(20_001)));
        time.Advance(TimeSpan.FromSeconds(1));
        var (third, fourth) = (buckets.Of(Address(20_000)), buckets.Of(Address(20_001)));

        Assert.Same(first, second);
        Assert.NotSame(third, fourth);
    }

    private static IPAddress Address(int number) => new([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);

    private static async Task<List<int>> StatusesAsync(ApiHarness api, string key, int count)
    {
        var statuses = new List<int>();
        for (var i = 0; i < count; i++)
        {
            var answer = await api.SendAsync(
                HttpMethod.Get, "/v1/orders?status=paid", authorization: $"Bearer {key}");
            statuses.Add(answer.Status);
        }

        return statuses;
    }
}
