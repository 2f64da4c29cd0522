using System.Diagnostics;
using System.Text.Json;

namespace CoffeePayment.Tests.Processes;

/// <summary>
/// Whole lives of orders, with the service as users run it and the sandbox as its provider and machine.
/// </summary>
public sealed class OrderLifeTests() : ServiceOnASandbox("life")
{
    [Fact]
    public async Task Paid_InTime_IsMadeWithinAnIntervalAndASecond()
    {
        await Controls.PutPaymentAsync("payment-1", "pending");
        await using var service = await StartAsync();
        await service.Client.RegisterAsync("order-1", "payment-1");

        await Controls.PutPaymentAsync("payment-1", "succeeded");
        var paid = Stopwatch.StartNew();
        await service.Client.WhenAsync("order-1", "make_pending");

        Assert.InRange(paid.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Equal(["order-1"], await Controls.CommandedOrdersAsync());
    }

    [Fact]
    public async Task Paid_Late_WaitsForAPersonAndSendsNoCommand()
    {
        await Controls.PutPaymentAsync("payment-1", "succeeded");
        await using var service = await StartAsync();
        await service.Client.RegisterAsync("order-1", "payment-1", DateTimeOffset.UtcNow - TimeSpan.FromSeconds(301));

        var order = await service.Client.WhenAsync("order-1", "manual_make");

        Assert.Equal("paid_late", order.GetProperty("status_reason").GetString());
        Assert.NotEmpty(order.GetProperty("failed_presentation_desc").GetString()!);
        Assert.Empty(await Controls.CommandedOrdersAsync());
    }

    [Fact]
    public async Task Canceled_ByTheProvider_IsNotPaidWithItsReason()
    {
        await Controls.PutPaymentAsync("payment-1", "canceled", reason: "insufficient_funds");
        await using var service = await StartAsync();
        await service.Client.RegisterAsync("order-1", "payment-1");

        var order = await service.Client.WhenAsync("order-1", "not_paid");

        Assert.Equal("insufficient_funds", order.GetProperty("status_reason").GetString());
        Assert.Equal(JsonValueKind.Null, order.GetProperty("next_check_at").ValueKind);
    }

    [Fact]
    public async Task GivenUp_AfterTenChecksWithoutAnAnswerAndThenPaid_IsFoundByALateCheck()
    {
        await Controls.PutPaymentAsync("payment-1", "pending");
        await Controls.PutFaultsAsync(new { target = "provider", error_rate = 1.0, http_status = 500 });
        await using var service = await StartAsync(
            ("FAST_TRACK_INTERVAL_S", "0.2"), ("PAYMENT_CHECK_INTERVAL_S", "1"), ("LATE_CHECKS", "5s"));
        await service.Client.RegisterAsync("order-1", "payment-1");

        var givenUp = await service.Client.WhenAsync("order-1", "failed");
        await Controls.PutFaultsAsync(new { target = "provider", error_rate = 0.0 });
        await Controls.PutPaymentAsync("payment-1", "succeeded");
        var found = await service.Client.WhenFoundAsync("order-1", "manual_make");

        Assert.Equal("provider_unreachable", givenUp.GetProperty("status_reason").GetString());
        Assert.Equal(10, givenUp.GetProperty("check_attempts").GetInt32());
        Assert.NotEmpty(givenUp.GetProperty("failed_presentation_desc").GetString()!);
        Assert.Equal("paid_late", found.GetProperty("status_reason").GetString());
        Assert.Empty(await Controls.CommandedOrdersAsync());
    }
}
