using System.Globalization;
using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class PaymentLifecycleTests
{
    [Fact]
    public async Task Create_FullRequest_AnswersAPendingPaymentWithAllThatApplies()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var created = await sandbox.PostAsync("/v3/payments", new
        {
            amount = SandboxHarness.Amount("150.5"),
            capture = true,
            description = "Капучино",
            metadata = new { order = "o-1" },
            confirmation = new { type = "redirect", return_url = "https://shop.example/done" },
        });
        var read = await sandbox.GetAsync($"/v3/payments/{created.Text("id")}");

        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.Equal(created.Content, read.Content);
        Assert.Equal(36, read.Text("id").Length);
        Assert.Equal("pending", read.Text("status"));
        Assert.Equal(("150.50", "RUB"), (read.Text("amount.value"), read.Text("amount.currency")));
        Assert.Equal("Капучино", read.Text("description"));
        Assert.Equal("o-1", read.Text("metadata.order"));
        Assert.Equal("sandbox", read.Text("recipient.account_id"));
        Assert.NotEmpty(read.Text("recipient.gateway_id"));
        Assert.Equal("2026-03-01T12:00:00.000Z", read.Text("created_at"));
        Assert.Equal($"{sandbox.Url}sandbox/pay/{read.Text("id")}", read.Text("confirmation.confirmation_url"));
        Assert.Equal("https://shop.example/done", read.Text("confirmation.return_url"));
        Assert.True(read.At("test").GetBoolean());
        Assert.False(read.At("paid").GetBoolean());
        Assert.False(read.At("refundable").GetBoolean());
        Assert.False(read.Has("captured_at") || read.Has("expires_at") || read.Has("cancellation_details"));
    }

    [Theory]
    [InlineData("""{}""", "amount")]
    [InlineData("""{"amount":"150"}""", "amount")]
    [InlineData("""{"amount":{"value":150,"currency":"RUB"}}""", "amount.value")]
    [InlineData("""{"amount":{"value":"0.00","currency":"RUB"}}""", "amount.value")]
    [InlineData("""{"amount":{"value":"-1.00","currency":"RUB"}}""", "amount.value")]
    [InlineData("""{"amount":{"value":"1.005","currency":"RUB"}}""", "amount.value")]
    [InlineData("""{"amount":{"value":"1.","currency":"RUB"}}""", "amount.value")]
    [InlineData("""{"amount":{"value":"1e3","currency":"RUB"}}""", "amount.value")]
    [InlineData("""{"amount":{"value":"1.00","currency":"rub"}}""", "amount.currency")]
    [InlineData("""{"amount":{"value":"1.00"}}""", "amount.currency")]
    [InlineData("""{"amount":{"value":"1.00","currency":"RUB"},"capture":"yes"}""", "capture")]
    [InlineData("""{"amount":{"value":"1.00","currency":"RUB"},"metadata":[]}""", "metadata")]
    [InlineData("""{"amount":{"value":"1.00","currency":"RUB"},"metadata":{"a":1}}""", "metadata.a")]
    [InlineData("""{"amount":{"value":"1.00","currency":"RUB"},"confirmation":{}}""", "confirmation.type")]
    [InlineData(
        """{"amount":{"value":"1.00","currency":"RUB"},"confirmation":{"type":"redirect"}}""",
        "confirmation.return_url")]
    [InlineData(
        """{"amount":{"value":"1","currency":"RUB"},"confirmation":{"type":"redirect","return_url":"javascript:x"}}""",
        "confirmation.return_url")]
    public async Task Create_WrongField_Answers400WithItsName(string body, string parameter)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.SendAsync(
            HttpMethod.Post, "/v3/payments", new StringContent(body, null, "application/json"), key: "k");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.Text("code"));
        Assert.Equal(parameter, answer.Text("parameter"));
    }

    [Theory]
    [InlineData(16, 32, 512, HttpStatusCode.OK)]
    [InlineData(17, 32, 512, HttpStatusCode.BadRequest)]
    [InlineData(1, 33, 1, HttpStatusCode.BadRequest)]
    [InlineData(1, 1, 513, HttpStatusCode.BadRequest)]
    public async Task Create_MetadataAroundItsLimits_PassesUpToThem(
        int names, int nameLength, int valueLength, HttpStatusCode expected)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var metadata = Enumerable.Range(0, names).ToDictionary(
            i => i.ToString(CultureInfo.InvariantCulture).PadLeft(nameLength, 'n'), _ => new string('v', valueLength));

        var answer = await sandbox.PostAsync("/v3/payments", new { amount = SandboxHarness.Amount("1.00"), metadata });

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Payment_NobodyPays_ExpiresAfterAnHour()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var id = await sandbox.CreateAsync();

        sandbox.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        var before = await sandbox.StatusAsync(id);
        sandbox.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = await sandbox.GetAsync($"/v3/payments/{id}");

        Assert.Equal("pending", before);
        Assert.Equal("canceled", after.Text("status"));
        Assert.Equal("expired_on_confirmation", after.Text("cancellation_details.reason"));
        Assert.Equal("yoo_money", after.Text("cancellation_details.party"));
    }

    [Fact]
    public async Task Payment_PaidWithoutCapture_WaitsForItAndIsPaid()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var id = await sandbox.CreateAsync("150.00", capture: false);

        await sandbox.PostAsync($"/sandbox/pay/{id}/pay", body: null);
        var waiting = await sandbox.GetAsync($"/v3/payments/{id}");
        sandbox.Clock.Advance(TimeSpan.FromMinutes(2));
        var captured = await sandbox.PostAsync(
            $"/v3/payments/{id}/capture", new { amount = SandboxHarness.Amount("100.00") });

        Assert.Equal("waiting_for_capture", waiting.Text("status"));
        Assert.True(waiting.At("paid").GetBoolean());
        Assert.Equal("2026-03-08T12:00:00.000Z", waiting.Text("expires_at"));
        Assert.Equal("succeeded", captured.Text("status"));
        Assert.Equal("100.00", captured.Text("amount.value"));
        Assert.Equal("2026-03-01T12:02:00.000Z", captured.Text("captured_at"));
        Assert.True(captured.At("refundable").GetBoolean());
        Assert.False(captured.Has("expires_at"));
    }

    [Fact]
    public async Task Capture_NotDoneInTime_CancelsThePayment()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var id = await sandbox.CreateAsync(capture: false);
        await sandbox.PutAsync($"/sandbox/payments/{id}", new { status = "waiting_for_capture" });

        sandbox.Clock.Advance(TimeSpan.FromDays(7));
        var payment = await sandbox.GetAsync($"/v3/payments/{id}");

        Assert.Equal("expired_on_capture", payment.Text("cancellation_details.reason"));
    }

    [Fact]
    public async Task Cancel_WaitingForCapture_IsCanceledByTheMerchant()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var id = await sandbox.CreateAsync(capture: false);
        await sandbox.PutAsync($"/sandbox/payments/{id}", new { status = "waiting_for_capture" });

        var canceled = await sandbox.PostAsync($"/v3/payments/{id}/cancel", body: null);

        Assert.Equal("canceled", canceled.Text("status"));
        Assert.Equal("canceled_by_merchant", canceled.Text("cancellation_details.reason"));
        Assert.Equal("merchant", canceled.Text("cancellation_details.party"));
    }

    [Theory]
    [InlineData("capture", "pending")]
    [InlineData("capture", "succeeded")]
    [InlineData("capture", "canceled")]
    [InlineData("cancel", "pending")]
    [InlineData("cancel", "succeeded")]
    [InlineData("cancel", "canceled")]
    public async Task CaptureAndCancel_OtherStatus_AreRefusedAndChangeNothing(string act, string status)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status });

        var answer = await sandbox.PostAsync($"/v3/payments/p1/{act}", new { });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_request", answer.Text("code"));
        Assert.Equal(status, await sandbox.StatusAsync("p1"));
    }

    [Theory]
    [InlineData("100.01", "RUB", "amount.value")]
    [InlineData("50.00", "USD", "amount.currency")]
    public async Task Capture_MoreThanAuthorizedOrOtherCurrency_IsRefused(
        string value, string currency, string parameter)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "waiting_for_capture" });

        var answer = await sandbox.PostAsync(
            "/v3/payments/p1/capture", new { amount = SandboxHarness.Amount(value, currency) });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(parameter, answer.Text("parameter"));
        Assert.Equal("waiting_for_capture", await sandbox.StatusAsync("p1"));
    }
}
