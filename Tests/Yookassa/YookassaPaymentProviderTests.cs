using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Yookassa;

namespace CoffeePayment.Tests.Yookassa;

public sealed class YookassaPaymentProviderTests : IDisposable
{
    private readonly YookassaHarness _yookassa = new(options =>
    {
        options.InFlightMax = 2;
        options.Merchants["other"] = new YookassaMerchant { AccountId = "2", SecretKey = "other" };
    });

    public void Dispose() => _yookassa.Dispose();

    [Fact]
    public async Task Ask_UnknownMerchant_IsUnauthorizedAndSaidOnce()
    {
        var first = await _yookassa.AskAsync("one", "nobody");
        var second = await _yookassa.AskAsync("two", "nobody");

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Unauthorized), first);
        Assert.Equal(first, second);
        Assert.Equal([2010], _yookassa.Logs.Warnings);
        Assert.Equal(0, _yookassa.Requests);
        Assert.Empty(_yookassa.Client.Snapshot());
    }

    [Fact]
    public async Task Ask_TooManyRequestsWithRetryAfter_PausesTheMerchantForThatLong()
    {
        _yookassa.Answer(HttpStatusCode.TooManyRequests, """{"type":"error","retry_after":1800}""");

        var limited = await _yookassa.AskAsync("first");
        _yookassa.AnswerPending();
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(1));
        var paused = await _yookassa.AskAsync("second");
        var other = await _yookassa.AskAsync("third", "other");
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(0.8));
        var afterwards = await _yookassa.AskAsync("second");

        var pause = TimeSpan.FromMilliseconds(1800);
        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.RateLimited, pause), limited);
        Assert.Equal(new ProviderAnswer.NotAsked(TimeSpan.FromSeconds(0.8)), paused);
        Assert.Equal(new ProviderAnswer.Pending(), other);
        Assert.Equal(new ProviderAnswer.Pending(), afterwards);
        Assert.Equal([2006], _yookassa.Logs.Warnings);
    }

    [Fact]
    public async Task Ask_ServerErrorWithRetryAfter_HandsItOnWithoutPausingOthers()
    {
        _yookassa.Answer(HttpStatusCode.ServiceUnavailable, """{"type":"error","retry_after":1800}""");

        var failed = await _yookassa.AskAsync("first");
        _yookassa.AnswerPending();
        var other = await _yookassa.AskAsync("second");

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.ServerError, TimeSpan.FromSeconds(1.8)), failed);
        Assert.Equal(new ProviderAnswer.Pending(), other);
    }

    [Fact]
    public async Task Ask_MoreThanTheLimitUnderWay_WaitsUntilOneIsDone()
    {
        var provider = new TaskCompletionSource();
        _yookassa.AnswerPendingAfter(provider.Task);

        var asked = new[] { _yookassa.AskAsync("one"), _yookassa.AskAsync("two"), _yookassa.AskAsync("three") };
        _yookassa.Clock.Advance(RequestSlots.Patience - TimeSpan.FromMilliseconds(1));
        var requestsBefore = _yookassa.Requests;
        provider.SetResult();

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(new ProviderAnswer.Pending(), answer));
        Assert.Equal(2, requestsBefore);
        Assert.Equal(3, _yookassa.Requests);
    }

    [Fact]
    public async Task Ask_MoreThanTheLimitUnderWayForLong_IsNotAsked()
    {
        var provider = new TaskCompletionSource();
        _yookassa.AnswerPendingAfter(provider.Task);

        var underWay = new[] { _yookassa.AskAsync("one"), _yookassa.AskAsync("two") };
        var third = _yookassa.AskAsync("three");
        _yookassa.Clock.Advance(RequestSlots.Patience);

        Assert.Equal(new ProviderAnswer.NotAsked(TimeSpan.FromSeconds(0.25)), await third);
        provider.SetResult();
        await Task.WhenAll(underWay);
        Assert.Equal(new ProviderAnswer.Pending(), await _yookassa.AskAsync("three"));
        Assert.Equal(3, _yookassa.Requests);
    }

    [Fact]
    public async Task Ask_WaitingForItsTurnWhenThePauseBegins_IsNotAsked()
    {
        var provider = new TaskCompletionSource();
        _yookassa.Provider = async (_, _) =>
        {
            await provider.Task;
            return YookassaHarness.Json(HttpStatusCode.TooManyRequests, """{"type":"error","retry_after":1800}""");
        };

        var underWay = new[] { _yookassa.AskAsync("one"), _yookassa.AskAsync("two") };
        var third = _yookassa.AskAsync("three");
        provider.SetResult();

        Assert.Equal(new ProviderAnswer.NotAsked(TimeSpan.FromSeconds(1.8)), await third);
        await Task.WhenAll(underWay);
        Assert.Equal(2, _yookassa.Requests);
    }

    [Fact]
    public async Task Ask_CanceledWhileItWaitsForItsTurn_ThrowsAndLeavesTheLine()
    {
        var provider = new TaskCompletionSource();
        _yookassa.AnswerPendingAfter(provider.Task);
        using var caller = new CancellationTokenSource();

        var underWay = new[] { _yookassa.AskAsync("one"), _yookassa.AskAsync("two") };
        var canceled = _yookassa.AskAsync("three", cancellationToken: caller.Token);
        var fourth = _yookassa.AskAsync("four");
        await caller.CancelAsync();
        provider.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        Assert.Equal(new ProviderAnswer.Pending(), await fourth);
        await Task.WhenAll(underWay);
        Assert.Equal(3, _yookassa.Requests);
    }

    [Fact]
    public async Task Ask_CanceledByItsCaller_ThrowsAndFreesItsPlace()
    {
        _yookassa.Hang();
        using var caller = new CancellationTokenSource();
        var asked = new[]
        {
            _yookassa.AskAsync("one", cancellationToken: caller.Token),
            _yookassa.AskAsync("two", cancellationToken: caller.Token),
        };

        await caller.CancelAsync();

        foreach (var one in asked)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        _yookassa.AnswerPending();
        Assert.Equal(new ProviderAnswer.Pending(), await _yookassa.AskAsync("three"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _yookassa.AskAsync("four", cancellationToken: caller.Token));
        Assert.Equal(3, _yookassa.Requests);
    }

    [Fact]
    public async Task Ask_ProviderHangs_IsATimeoutExactlyThen()
    {
        _yookassa.Hang();

        var asked = _yookassa.AskAsync("order");
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(2.999));
        var early = asked.IsCompleted;
        _yookassa.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var answer = await asked;

        Assert.False(early);
        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Timeout), answer);
    }

    [Fact]
    public async Task Health_AfterSomeRequests_CountsTheLastMinuteOfEachMerchantAskedFor()
    {
        _yookassa.Provider = async (id, cancellationToken) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(40), _yookassa.Clock, cancellationToken);
            return YookassaHarness.Json(HttpStatusCode.OK, $$"""{"id":"{{id}}","status":"pending"}""");
        };
        for (var number = 0; number < 3; number++)
        {
            var asked = _yookassa.AskAsync($"order-{number}");
            _yookassa.Clock.Advance(TimeSpan.FromMilliseconds(40));
            await asked;
        }

        _yookassa.Answer(HttpStatusCode.NotFound);
        await _yookassa.AskAsync("missing");
        var health = Assert.Single(_yookassa.Client.Snapshot());
        _yookassa.Clock.Advance(TimeSpan.FromMinutes(1));
        var later = Assert.Single(_yookassa.Client.Snapshot());

        Assert.Equal(("default", 4L, 0.25), (health.MerchantId, health.Requests, health.ErrorRate));
        Assert.InRange(health.LatencyP50Ms, 40, 40 * 1.032);
        Assert.InRange(health.LatencyP99Ms, 40, 40 * 1.032);
        Assert.Equal((0L, 0d, 0d), (later.Requests, later.ErrorRate, later.LatencyP99Ms));
    }

    [Fact]
    public async Task Meter_AfterSomeRequests_CountsThemByOutcome()
    {
        var counted = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meterListener) =>
        {
            if (instrument.Meter.Name == "CoffeePayment.Yookassa" && instrument.Name == "coffee.provider.requests")
                meterListener.EnableMeasurementEvents(instrument, this);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags[0].Value is "meter-test" && value > 0) counted[(string)tags[1].Value!] = value;
        });
        using var yookassa = new YookassaHarness(options => options.Merchants["meter-test"] =
            new YookassaMerchant { AccountId = "3", SecretKey = "secret" });
        listener.Start();

        await yookassa.AskForOrdersAsync(3, merchantId: "meter-test");
        yookassa.Answer(HttpStatusCode.Unauthorized);
        await yookassa.AskForOrdersAsync(6, merchantId: "meter-test");
        listener.RecordObservableInstruments();

        Assert.Equal(
            [new("not_asked", 1), new("pending", 3), new("unauthorized", 5)],
            counted.OrderBy(outcome => outcome.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Logs_WrongCredentials_SaySoOnceAMinute()
    {
        _yookassa.Answer(HttpStatusCode.Unauthorized);
        await _yookassa.AskForOrdersAsync(4);
        _yookassa.Clock.Advance(TimeSpan.FromMinutes(1));
        await _yookassa.AskForOrdersAsync(4);

        Assert.Equal([2004, 2004], _yookassa.Logs.Warnings);
    }

    [Fact]
    public async Task Secrets_EverythingGoesWrong_AreInNoLogAndNoText()
    {
        var options = new YookassaOptions();
        var merchant = new YookassaMerchant { AccountId = "100500", SecretKey = YookassaHarness.SecretKey };
        options.Merchants["default"] = merchant;
        var encoded = Convert.ToBase64String(
            System.Text.Encoding.UTF8.GetBytes($"100500:{YookassaHarness.SecretKey}"));

        _yookassa.Provider = (_, _) => throw new HttpRequestException("unreachable");
        await _yookassa.AskAsync("one");
        foreach (var status in new[] { 200, 302, 400, 401, 404, 429, 500 })
        {
            _yookassa.Answer((HttpStatusCode)status);
            await _yookassa.AskAsync($"order-{status}");
        }

        var texts = _yookassa.Logs.Entries.Select(entry => entry.Text)
            .Concat([options.ToString(), merchant.ToString(), JsonSerializer.Serialize(options)])
            .ToList();
        Assert.NotEmpty(_yookassa.Logs.Entries);
        Assert.DoesNotContain(texts, text => text.Contains(YookassaHarness.SecretKey, StringComparison.Ordinal));
        Assert.DoesNotContain(texts, text => text.Contains(encoded, StringComparison.Ordinal));
    }
}
