using System.Net;
using CoffeePayment.Ports;
using CoffeePayment.Statistics;

namespace CoffeePayment.Tests.Yookassa;

public sealed class CircuitBreakerTests : IDisposable
{
    private readonly YookassaHarness _yookassa = new(options => options.Merchants["other"] =
        new() { AccountId = "2", SecretKey = "other" });

    public static TheoryData<string> Outages => ["network", "500", "401", "403", "429"];

    public static TheoryData<int, string> WordsAboutOnePayment => new()
    {
        { 404, "{}" },
        { 400, "{}" },
        { 405, "{}" },
        { 200, "not json" },
        { 200, """{"id":"another","status":"pending"}""" },
        { 302, "" },
    };

    private CircuitState Circuit =>
        _yookassa.Client.Snapshot().Single(merchant => merchant.MerchantId == "default").Circuit;

    public void Dispose() => _yookassa.Dispose();

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Circuit_FiveOrdersFail_OpensForEveryOrderOfTheMerchant(string outage)
    {
        Break(outage);

        var answers = await _yookassa.AskForOrdersAsync(5);
        var next = await _yookassa.AskAsync("healthy");

        Assert.All(answers, answer => Assert.IsType<ProviderAnswer.NoAnswer>(answer));
        Assert.Equal(new ProviderAnswer.NotAsked(TimeSpan.FromSeconds(5)), next);
        Assert.Equal(CircuitState.Open, Circuit);
        Assert.Equal(5, _yookassa.Requests);
    }

    [Fact]
    public async Task Circuit_FiveOrdersTimeOut_Opens()
    {
        _yookassa.Hang();

        var asked = Enumerable.Range(0, 5).Select(number => _yookassa.AskAsync($"order-{number}")).ToList();
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(3));
        var answers = await Task.WhenAll(asked);

        Assert.All(answers, answer => Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Timeout), answer));
        Assert.Equal(CircuitState.Open, Circuit);
    }

    [Fact]
    public async Task Circuit_OneOrderFailsEverySecond_StaysClosed()
    {
        _yookassa.Answer(HttpStatusCode.InternalServerError);

        for (var second = 0; second < 300; second++)
        {
            await _yookassa.AskAsync("bad");
            _yookassa.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(CircuitState.Closed, Circuit);
        Assert.Equal(300, _yookassa.Requests);
    }

    [Fact]
    public async Task Circuit_FourOrdersFailAgainAndAgain_StaysClosed()
    {
        _yookassa.Answer(HttpStatusCode.InternalServerError);

        for (var round = 0; round < 10; round++)
            await _yookassa.AskForOrdersAsync(4);

        Assert.Equal(CircuitState.Closed, Circuit);
        Assert.Equal(40, _yookassa.Requests);
    }

    [Theory]
    [InlineData(5, CircuitState.Open)]
    [InlineData(6, CircuitState.Closed)]
    public async Task Circuit_SomeAnsweredBefore_OpensAtHalfOfThem(int answered, CircuitState expected)
    {
        await _yookassa.AskForOrdersAsync(answered, "good");
        _yookassa.Answer(HttpStatusCode.BadGateway);

        await _yookassa.AskForOrdersAsync(5, "bad");

        Assert.Equal(expected, Circuit);
    }

    [Fact]
    public async Task Circuit_FailuresFartherApartThanTheWindow_StaysClosed()
    {
        _yookassa.Answer(HttpStatusCode.InternalServerError);

        for (var number = 0; number < 20; number++)
        {
            await _yookassa.AskAsync($"order-{number}");
            _yookassa.Clock.Advance(TimeSpan.FromSeconds(2.5));
        }

        Assert.Equal(CircuitState.Closed, Circuit);
    }

    [Theory]
    [MemberData(nameof(WordsAboutOnePayment))]
    public async Task Circuit_ProviderObjectsToPayments_StaysClosed(int status, string body)
    {
        _yookassa.Answer((HttpStatusCode)status, body);

        await _yookassa.AskForOrdersAsync(50);

        Assert.Equal(CircuitState.Closed, Circuit);
        Assert.Equal(50, _yookassa.Requests);
    }

    [Fact]
    public async Task Circuit_OpenForOneMerchant_AsksForTheOther()
    {
        await OpenAsync();

        _yookassa.AnswerPending();
        var answer = await _yookassa.AskAsync("order", "other");

        Assert.Equal(new ProviderAnswer.Pending(), answer);
        Assert.Equal(CircuitState.Open, Circuit);
    }

    [Fact]
    public async Task Circuit_BreakOver_LetsOneThroughAndClosesOnItsAnswer()
    {
        await OpenAsync();
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(5));
        var provider = new TaskCompletionSource();
        _yookassa.Provider = async (id, _) =>
        {
            await provider.Task;
            return YookassaHarness.Json(HttpStatusCode.OK, $$"""{"id":"{{id}}","status":"pending"}""");
        };

        var trial = _yookassa.AskAsync("trial");
        var meanwhile = await _yookassa.AskAsync("meanwhile");
        var circuitMeanwhile = Circuit;
        provider.SetResult();
        var answer = await trial;
        var afterwards = await _yookassa.AskAsync("meanwhile");

        // Not longer than the trial can take.
        Assert.Equal(new ProviderAnswer.NotAsked(TimeSpan.FromSeconds(3)), meanwhile);
        Assert.Equal(CircuitState.HalfOpen, circuitMeanwhile);
        Assert.Equal(new ProviderAnswer.Pending(), answer);
        Assert.Equal(new ProviderAnswer.Pending(), afterwards);
        Assert.Equal(CircuitState.Closed, Circuit);
        Assert.Equal(7, _yookassa.Requests);
    }

    [Fact]
    public async Task Circuit_StaysDown_BreaksGrowToHalfAMinute()
    {
        await OpenAsync();
        var rests = new List<double>();

        for (var round = 0; round < 5; round++)
        {
            var notAsked = Assert.IsType<ProviderAnswer.NotAsked>(await _yookassa.AskAsync("order-0"));
            rests.Add(notAsked.RetryAfter.TotalSeconds);
            _yookassa.Clock.Advance(notAsked.RetryAfter);
            Assert.IsType<ProviderAnswer.NoAnswer>(await _yookassa.AskAsync("order-0"));
        }

        Assert.Equal([5, 10, 20, 30, 30], rests);
        Assert.Equal(10, _yookassa.Requests);
    }

    [Fact]
    public async Task Circuit_ClosedAgain_ForgetsHowLongAndWhomItFailed()
    {
        await OpenAsync();
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(5));
        _yookassa.AnswerPending();
        await _yookassa.AskAsync("order-0");
        _yookassa.Answer(HttpStatusCode.InternalServerError);

        await _yookassa.AskForOrdersAsync(4);
        var afterFour = Circuit;
        await _yookassa.AskAsync("order-4");

        Assert.Equal(CircuitState.Closed, afterFour);
        Assert.Equal(new ProviderAnswer.NotAsked(TimeSpan.FromSeconds(5)), await _yookassa.AskAsync("order-0"));
    }

    [Fact]
    public async Task Circuit_TrialCanceledByItsCaller_StaysOpen()
    {
        await OpenAsync();
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(5));
        _yookassa.Hang();
        using var caller = new CancellationTokenSource();

        var trial = _yookassa.AskAsync("trial", cancellationToken: caller.Token);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trial);
        Assert.Equal(CircuitState.Open, Circuit);
    }

    [Fact]
    public async Task OrdersNotAsked_ManyOfThem_ComeBackSpreadOverFiveSeconds()
    {
        using var yookassa = new YookassaHarness(options => options.ReturnSpread = TimeSpan.FromSeconds(5));
        yookassa.Answer(HttpStatusCode.InternalServerError);
        await yookassa.AskForOrdersAsync(5);

        var answers = await yookassa.AskForOrdersAsync(1000);
        var again = await yookassa.AskForOrdersAsync(1000);

        var rests = answers.Cast<ProviderAnswer.NotAsked>().Select(answer => answer.RetryAfter.TotalSeconds).ToList();
        Assert.Equal(answers, again);
        Assert.Equal([5, 6, 7, 8, 9], rests.Select(Math.Floor).Distinct().Order());
        Assert.All(rests.CountBy(Math.Floor), second => Assert.InRange(second.Value, 150, 250));
    }

    [Fact]
    public async Task Logs_OutageComesAndGoes_SayEachOnceAtWarningOrInformation()
    {
        await OpenAsync();
        await _yookassa.AskForOrdersAsync(20);
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(5));
        await _yookassa.AskForOrdersAsync(20);
        _yookassa.Clock.Advance(TimeSpan.FromSeconds(10));
        _yookassa.AnswerPending();
        await _yookassa.AskForOrdersAsync(20);

        Assert.Equal([2002], _yookassa.Logs.Warnings);
        Assert.Equal([2002, 2007, 2003], _yookassa.Logs.Entries
            .Where(entry => entry.Level >= LogLevel.Information)
            .Select(entry => entry.EventId));
        Assert.Equal(6, _yookassa.Logs.Entries.Count(entry => entry.EventId == 2000));
    }

    private async Task OpenAsync()
    {
        _yookassa.Answer(HttpStatusCode.InternalServerError);
        await _yookassa.AskForOrdersAsync(5);
    }

    private void Break(string outage)
    {
        if (outage == "network")
            _yookassa.Provider = (_, _) => throw new HttpRequestException("unreachable");
        else
            _yookassa.Answer((HttpStatusCode)int.Parse(outage));
    }
}
