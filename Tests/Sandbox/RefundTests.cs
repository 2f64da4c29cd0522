using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class RefundTests
{
    [Fact]
    public async Task Refund_InParts_AddsUpOnThePaymentUntilNothingIsLeft()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });

        var refund = await RefundAsync(sandbox, "40.00");
        var partly = await sandbox.GetAsync("/v3/payments/p1");
        var rest = await RefundAsync(sandbox, "60.00");
        var wholly = await sandbox.GetAsync("/v3/payments/p1");
        var tooMuch = await RefundAsync(sandbox, "0.01");

        Assert.Equal(HttpStatusCode.OK, refund.Status);
        Assert.Equal(36, refund.Text("id").Length);
        Assert.Equal(("p1", "succeeded"), (refund.Text("payment_id"), refund.Text("status")));
        Assert.Equal(("40.00", "RUB"), (refund.Text("amount.value"), refund.Text("amount.currency")));
        Assert.Equal("2026-03-01T12:00:00.000Z", refund.Text("created_at"));
        Assert.Equal("40.00", partly.Text("refunded_amount.value"));
        Assert.True(partly.At("refundable").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, rest.Status);
        Assert.Equal(("succeeded", "100.00"), (wholly.Text("status"), wholly.Text("refunded_amount.value")));
        Assert.False(wholly.At("refundable").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, tooMuch.Status);
        Assert.Equal("amount.value", tooMuch.Text("parameter"));
    }

    [Fact]
    public async Task Refund_SameKeyAgain_IsMadeOnce()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });

        var first = await RefundAsync(sandbox, "10.00", key: "key");
        var again = await RefundAsync(sandbox, "10.00", key: "key");

        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal("10.00", (await sandbox.GetAsync("/v3/payments/p1")).Text("refunded_amount.value"));
    }

    [Fact]
    public async Task Refund_ManyAtOnce_NeverExceedThePayment()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RefundAsync(sandbox, "30.00")));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal("90.00", (await sandbox.GetAsync("/v3/payments/p1")).Text("refunded_amount.value"));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("waiting_for_capture")]
    [InlineData("canceled")]
    public async Task Refund_PaymentNotSucceeded_IsRefused(string status)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status });

        var answer = await RefundAsync(sandbox, "10.00");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Refund_UnknownPaymentOrOtherCurrency_IsRefused()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });

        var unknown = await RefundAsync(sandbox, "10.00", paymentId: "p2");
        var otherCurrency = await RefundAsync(sandbox, "10.00", currency: "USD");

        Assert.Equal((HttpStatusCode.NotFound, "not_found"), (unknown.Status, unknown.Text("code")));
        Assert.Equal(HttpStatusCode.BadRequest, otherCurrency.Status);
        Assert.Equal("amount.currency", otherCurrency.Text("parameter"));
    }

    private static Task<Answer> RefundAsync(
        SandboxHarness sandbox, string value, string currency = "RUB", string paymentId = "p1", string? key = null) =>
        sandbox.PostAsync(
            "/v3/refunds", new { payment_id = paymentId, amount = SandboxHarness.Amount(value, currency) }, key);
}
