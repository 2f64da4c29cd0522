using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class PaymentControlTests
{
    [Fact]
    public async Task Put_UnknownId_CreatesThatPayment()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var before = await sandbox.GetAsync("/v3/payments/my-payment");

        var put = await sandbox.PutAsync(
            "/sandbox/payments/my-payment", new { status = "pending", amount = SandboxHarness.Amount("12.34", "EUR") });
        var after = await sandbox.GetAsync("/v3/payments/my-payment");

        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (before.Status, before.Text("code")));
        Assert.Equal(HttpStatusCode.NoContent, put.Status);
        Assert.Equal(("my-payment", "pending"), (after.Text("id"), after.Text("status")));
        Assert.Equal(("12.34", "EUR"), (after.Text("amount.value"), after.Text("amount.currency")));
    }

    [Theory]
    [InlineData("pending", false, false)]
    [InlineData("waiting_for_capture", true, false)]
    [InlineData("succeeded", true, true)]
    [InlineData("canceled", false, false)]
    public async Task Put_EachStatus_ShowsAtOnce(string status, bool paid, bool refundable)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var id = await sandbox.CreateAsync();

        await sandbox.PutAsync($"/sandbox/payments/{id}", new { status });
        var payment = await sandbox.GetAsync($"/v3/payments/{id}");

        Assert.Equal(status, payment.Text("status"));
        Assert.Equal(paid, payment.At("paid").GetBoolean());
        Assert.Equal(refundable, payment.At("refundable").GetBoolean());
        Assert.Equal(status == "succeeded", payment.Has("captured_at"));
        Assert.Equal(status == "waiting_for_capture", payment.Has("expires_at"));
        Assert.Equal(status == "canceled", payment.Has("cancellation_details"));
    }

    [Fact]
    public async Task Put_AfterSeconds_TakesEffectThenWithTheAmountAndTheTimeOfThen()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync(
            "/sandbox/payments/p1", new { status = "pending", amount = SandboxHarness.Amount("150.00") });
        await sandbox.PutAsync(
            "/sandbox/payments/p1",
            new { status = "succeeded", after_s = 12.5, amount = SandboxHarness.Amount("1.00") });

        sandbox.Clock.Advance(TimeSpan.FromSeconds(12.499));
        var before = await sandbox.GetAsync("/v3/payments/p1");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var after = await sandbox.GetAsync("/v3/payments/p1");

        Assert.Equal(("pending", "150.00"), (before.Text("status"), before.Text("amount.value")));
        Assert.Equal(("succeeded", "1.00"), (after.Text("status"), after.Text("amount.value")));
        Assert.Equal("2026-03-01T12:00:12.500Z", after.Text("captured_at"));
    }

    [Fact]
    public async Task Put_AfterMoreThanAnHour_KeepsThePaymentPendingUntilThen()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded", after_s = 7200 });

        sandbox.Clock.Advance(TimeSpan.FromSeconds(7199));
        var before = await sandbox.StatusAsync("p1");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        var after = await sandbox.StatusAsync("p1");

        Assert.Equal("pending", before);
        Assert.Equal("succeeded", after);
    }

    [Fact]
    public async Task Put_Again_ReplacesWhatWasPlanned()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded", after_s = 10 });
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "canceled", reason = "insufficient_funds" });

        sandbox.Clock.Advance(TimeSpan.FromSeconds(20));
        var payment = await sandbox.GetAsync("/v3/payments/p1");

        Assert.Equal("canceled", payment.Text("status"));
        Assert.Equal("insufficient_funds", payment.Text("cancellation_details.reason"));
        Assert.Equal("payment_network", payment.Text("cancellation_details.party"));
    }

    [Fact]
    public async Task Put_HttpStatusForAWhile_MakesOnlyThatPaymentFailForThatLong()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded", http_status = 503, fault_s = 60 });
        await sandbox.PutAsync("/sandbox/payments/p2", new { status = "succeeded" });

        var failing = await sandbox.GetAsync("/v3/payments/p1");
        var other = await sandbox.GetAsync("/v3/payments/p2");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(60));
        var healed = await sandbox.StatusAsync("p1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failing.Status);
        Assert.Equal("internal_server_error", failing.Text("code"));
        Assert.Equal("succeeded", other.Text("status"));
        Assert.Equal("succeeded", healed);
    }

    [Fact]
    public async Task Put_HttpStatusAlone_LastsUntilTheNextPut()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { http_status = 429 });
        sandbox.Clock.Advance(TimeSpan.FromDays(1));

        var failing = await sandbox.GetAsync("/v3/payments/p1");
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        var healed = await sandbox.StatusAsync("p1");

        Assert.Equal(HttpStatusCode.TooManyRequests, failing.Status);
        Assert.Equal("too_many_requests", failing.Text("code"));
        Assert.Equal(1000, failing.At("retry_after").GetInt32());
        Assert.Equal("succeeded", healed);
    }

    [Fact]
    public async Task Put_Hang_LeavesOnlyThatPaymentUnanswered()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { hang = true });
        using var patience = new CancellationTokenSource();

        var hanging = sandbox.Http.GetAsync(new Uri("/v3/payments/p1", UriKind.Relative), patience.Token);
        await sandbox.PutAsync("/sandbox/payments/p2", new { status = "canceled" });
        var other = await sandbox.StatusAsync("p2");
        var isHanging = !hanging.IsCompleted;
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        Assert.True(isHanging);
        Assert.Equal("canceled", other);
    }

    [Theory]
    [InlineData("""{}""", "status")]
    [InlineData("""{"status":"paid"}""", "status")]
    [InlineData("""{"status":1}""", "status")]
    [InlineData("""{"status":"succeeded","after_s":-1}""", "after_s")]
    [InlineData("""{"status":"succeeded","after_s":"1"}""", "after_s")]
    [InlineData("""{"status":"succeeded","after_s":1e300}""", "after_s")]
    [InlineData("""{"after_s":1,"hang":true}""", "after_s")]
    [InlineData("""{"status":"succeeded","amount":100}""", "amount")]
    [InlineData("""{"status":"succeeded","amount":{"value":"x","currency":"RUB"}}""", "amount.value")]
    [InlineData("""{"status":"succeeded","reason":"general_decline"}""", "reason")]
    [InlineData("""{"http_status":200}""", "http_status")]
    [InlineData("""{"http_status":500,"hang":true}""", "hang")]
    [InlineData("""{"status":"succeeded","fault_s":1}""", "fault_s")]
    [InlineData("""{"status":"succeeded","afters":1}""", "afters")]
    public async Task Put_WrongField_Answers422WithItsNameAndCreatesNothing(string body, string field)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.SendAsync(HttpMethod.Put, "/sandbox/payments/p1", new StringContent(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal([field], answer.WrongFields);
        Assert.Empty((await sandbox.GetAsync("/v3/payments")).Items);
    }

    [Fact]
    public async Task Put_SeveralWrongFields_NamesEach()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.PutAsync(
            "/sandbox/payments/a%20b", new { status = "paid", after_s = -1, hang = "yes" });

        Assert.Equal(["after_s", "hang", "id", "status"], answer.WrongFields);
    }

    [Fact]
    public async Task Requests_OfAPayment_AreKeptInOrderWithTheirAnswers()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var id = await sandbox.CreateAsync(capture: false);

        sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        await sandbox.GetAsync($"/v3/payments/{id}");
        await sandbox.PutAsync($"/sandbox/payments/{id}", new { status = "waiting_for_capture" });
        await sandbox.PostAsync($"/v3/payments/{id}/capture", new { });
        await sandbox.PostAsync($"/v3/payments/{id}/cancel", new { });
        await sandbox.PostAsync("/v3/refunds", new { payment_id = id, amount = SandboxHarness.Amount("1.00") });
        var requests = await sandbox.GetAsync($"/sandbox/payments/{id}/requests");

        Assert.Equal(
            [
                "2026-03-01T12:00:00.000Z POST /v3/payments 200",
                $"2026-03-01T12:00:05.000Z GET /v3/payments/{id} 200",
                $"2026-03-01T12:00:05.000Z POST /v3/payments/{id}/capture 200",
                $"2026-03-01T12:00:05.000Z POST /v3/payments/{id}/cancel 400",
                "2026-03-01T12:00:05.000Z POST /v3/refunds 200",
            ],
            Requests(requests));
    }

    [Fact]
    public async Task Requests_MoreThanKept_AreTheLatest()
    {
        await using var sandbox = await SandboxHarness.StartAsync(options => options.RequestsKept = 6);
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "pending" });
        for (var i = 0; i < 9; i++)
        {
            await sandbox.GetAsync("/v3/payments/p1");
            sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var requests = await sandbox.GetAsync("/sandbox/payments/p1/requests");

        Assert.Equal(
            [3, 4, 5, 6, 7, 8],
            requests.Items.Select(item => item.GetProperty("at").GetDateTimeOffset().Second));
    }

    [Fact]
    public async Task Requests_NoneKept_AreNone()
    {
        await using var sandbox = await SandboxHarness.StartAsync(options => options.RequestsKept = 0);
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "pending" });
        await sandbox.GetAsync("/v3/payments/p1");

        var requests = await sandbox.GetAsync("/sandbox/payments/p1/requests");

        Assert.Empty(requests.Items);
    }

    [Fact]
    public async Task Requests_AboutAnUnknownPayment_AreKeptAndStayWhenItIsCreated()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var nobody = await sandbox.GetAsync("/sandbox/payments/p1/requests");
        await sandbox.GetAsync("/v3/payments/p1");

        var unknown = await sandbox.GetAsync("/sandbox/payments/p1/requests");
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "pending" });
        var known = await sandbox.GetAsync("/sandbox/payments/p1/requests");

        Assert.Equal(HttpStatusCode.NotFound, nobody.Status);
        Assert.Equal(["2026-03-01T12:00:00.000Z GET /v3/payments/p1 404"], Requests(unknown));
        Assert.Equal(unknown.Content, known.Content);
    }

    private static IEnumerable<string> Requests(Answer answer) => answer.Items.Select(item => string.Join(
        ' ',
        item.GetProperty("at").GetString(),
        item.GetProperty("method").GetString(),
        item.GetProperty("path").GetString(),
        item.GetProperty("status").GetRawText()));
}
