using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class FaultTests
{
    [Fact]
    public async Task Latency_OfTheProvider_HoldsAnswersBackForThatLong()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        await sandbox.PutAsync("/sandbox/faults", new { target = "provider", latency_ms = 250 });
        var armed = sandbox.Clock.WhenTimerArmedAsync(TimeSpan.FromMilliseconds(250));

        var asking = sandbox.StatusAsync("p1");
        await armed;
        sandbox.Clock.Advance(TimeSpan.FromMilliseconds(249));
        var early = asking.IsCompleted;
        sandbox.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(early);
        Assert.Equal("succeeded", await asking);
    }

    [Theory]
    [InlineData(null, "internal_server_error", HttpStatusCode.InternalServerError)]
    [InlineData(400, "invalid_request", HttpStatusCode.BadRequest)]
    [InlineData(403, "forbidden", HttpStatusCode.Forbidden)]
    [InlineData(404, "not_found", HttpStatusCode.NotFound)]
    [InlineData(502, "internal_server_error", HttpStatusCode.BadGateway)]
    public async Task ErrorRate_One_FailsEveryRequestWithThatStatus(
        int? httpStatus, string code, HttpStatusCode expected)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });

        object fault = httpStatus is null
            ? new { target = "provider", error_rate = 1 }
            : new { target = "provider", error_rate = 1, http_status = httpStatus };
        var put = await sandbox.PutAsync("/sandbox/faults", fault);
        var answer = await sandbox.GetAsync("/v3/payments/p1");

        Assert.Equal(HttpStatusCode.NoContent, put.Status);
        Assert.Equal(expected, answer.Status);
        Assert.Equal(code, answer.Text("code"));
        Assert.False(answer.Has("retry_after"));
    }

    [Fact]
    public async Task ErrorRate_With429_SaysWhenToTryAgain()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        await sandbox.PutAsync(
            "/sandbox/faults", new { target = "provider", error_rate = 1, http_status = 429, retry_after_ms = 12_000 });
        var answer = await sandbox.GetAsync("/v3/payments/p1");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.Status);
        Assert.Equal(12_000, answer.At("retry_after").GetInt32());
    }

    [Fact]
    public async Task ErrorRate_WithASeed_FailsTheSameRequestsEachTime()
    {
        var first = await OutcomesAsync(seed: 42);
        var again = await OutcomesAsync(seed: 42);
        var other = await OutcomesAsync(seed: 43);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(2, first.Distinct().Count());
    }

    [Fact]
    public async Task Faults_ChangedInPart_KeepTheRestAndCanBeReset()
    {
        await using var sandbox = await SandboxHarness.StartAsync(
            options => options.ProviderLatency = TimeSpan.FromMilliseconds(20));

        await sandbox.PutAsync("/sandbox/faults", new { target = "provider", error_rate = 0.25, http_status = 503 });
        await sandbox.PutAsync("/sandbox/faults", new { target = "provider", hang_rate = 0.5 });
        await sandbox.PutAsync("/sandbox/faults", new { target = "machine", latency_ms = 7 });
        var changed = await sandbox.GetAsync("/sandbox/faults");
        var reset = await sandbox.DeleteAsync("/sandbox/faults");
        var after = await sandbox.GetAsync("/sandbox/faults");

        Assert.Equal(
            """{"latency_ms":20,"error_rate":0.25,"http_status":503,"retry_after_ms":1000,"hang_rate":0.5}""",
            changed.At("provider").GetRawText());
        Assert.Equal(7, changed.At("machine.latency_ms").GetDouble());
        Assert.Equal(HttpStatusCode.NoContent, reset.Status);
        Assert.Equal(
            """{"latency_ms":20,"error_rate":0,"http_status":500,"retry_after_ms":1000,"hang_rate":0}""",
            after.At("provider").GetRawText());
        Assert.Equal(0, after.At("machine.latency_ms").GetDouble());
    }

    [Theory]
    [InlineData("""{"latency_ms":1}""", "target")]
    [InlineData("""{"target":"coffee"}""", "target")]
    [InlineData("""{"target":"provider","latency_ms":-1}""", "latency_ms")]
    [InlineData("""{"target":"provider","error_rate":1.1}""", "error_rate")]
    [InlineData("""{"target":"provider","hang_rate":"often"}""", "hang_rate")]
    [InlineData("""{"target":"provider","http_status":200}""", "http_status")]
    [InlineData("""{"target":"provider","device_id":"d"}""", "device_id")]
    [InlineData("""{"target":"provider","rate":1}""", "rate")]
    public async Task Faults_WrongField_Answers422WithItsNameAndChangesNothing(string body, string field)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var before = await sandbox.GetAsync("/sandbox/faults");

        var answer = await sandbox.SendAsync(HttpMethod.Put, "/sandbox/faults", new StringContent(body));
        var after = await sandbox.GetAsync("/sandbox/faults");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal([field], answer.WrongFields);
        Assert.Equal(before.Content, after.Content);
    }

    [Fact]
    public async Task HangRate_One_IsNotAnsweredAndNotedAsSuch()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        await sandbox.PutAsync("/sandbox/faults", new { target = "provider", hang_rate = 1 });
        using var patience = new CancellationTokenSource();

        var hanging = sandbox.Http.GetAsync(new Uri("/v3/payments/p1", UriKind.Relative), patience.Token);
        var noted = await NotedAsync(sandbox);
        var isHanging = !hanging.IsCompleted;
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.True(isHanging);
        Assert.Equal("null", noted);
    }

    /// <summary>The request is under way on another connection: ask until it has been noted.</summary>
    private static async Task<string> NotedAsync(SandboxHarness sandbox)
    {
        while (true)
        {
            var requests = await sandbox.GetAsync("/sandbox/payments/p1/requests");
            if (requests.Items is [var only])
                return only.GetProperty("status").GetRawText();
        }
    }

    private static async Task<List<HttpStatusCode>> OutcomesAsync(int seed)
    {
        await using var sandbox = await SandboxHarness.StartAsync(options => options.Seed = seed);
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        await sandbox.PutAsync("/sandbox/faults", new { target = "provider", error_rate = 0.5 });
        var outcomes = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
            outcomes.Add((await sandbox.GetAsync("/v3/payments/p1")).Status);
        return outcomes;
    }
}
