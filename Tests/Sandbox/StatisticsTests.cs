using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class StatisticsTests
{
    [Fact]
    public async Task Stats_AfterSomeRequests_CountThem()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var id = await sandbox.CreateAsync();
        await sandbox.GetAsync($"/v3/payments/{id}");
        await sandbox.GetAsync("/v3/payments/nobody");
        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-2") });
        await sandbox.PutAsync("/sandbox/faults", new { target = "machine", error_rate = 1 });
        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-2") });

        var stats = await sandbox.GetAsync("/sandbox/stats");

        Assert.Equal(1, stats.At("payments").GetInt32());
        Assert.Equal(3, stats.At("provider.requests").GetInt32());
        Assert.Equal(0, stats.At("provider.unanswered").GetInt32());
        Assert.Equal("""{"get_payment":2,"create_payment":1}""", stats.At("provider.by_operation").GetRawText());
        Assert.Equal("""{"200":2,"404":1}""", stats.At("provider.by_status").GetRawText());
        Assert.Equal(
            """
            {"commands":4,"accepted":3,"errors":1,"hung":0,"orders":2,
            "orders_with_several_commands":2,"orders_with_several_drinks":1}
            """.ReplaceLineEndings(""),
            stats.At("machine").GetRawText());
    }

    [Fact]
    public async Task Intervals_OfPaymentsAskedAboutAgain_AreMeasuredPerPayment()
    {
        await using var sandbox = await SandboxHarness.StartAsync(options => options.AnswerUnknownAsPending = true);
        foreach (var seconds in (double[])[5, 5, 5.25, 60])
        {
            await sandbox.GetAsync("/v3/payments/p1");
            await sandbox.GetAsync("/v3/payments/p2");
            sandbox.Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
        await sandbox.GetAsync("/v3/payments/p1");

        var stats = await sandbox.GetAsync("/sandbox/stats");

        Assert.Equal(
            """{"count":7,"min_ms":5000,"p1_ms":5000,"p50_ms":5000,"p99_ms":60000,"max_ms":60000}""",
            stats.At("provider.intervals").GetRawText());
    }

    [Fact]
    public async Task Arrivals_InBins_TellHowEvenlyRequestsCome()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        foreach (var requests in (int[])[3, 0, 1, 1])
        {
            for (var i = 0; i < requests; i++)
                await sandbox.GetAsync("/v3/payments/p1");
            sandbox.Clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        var all = await sandbox.GetAsync("/sandbox/stats");
        var latest = await sandbox.GetAsync("/sandbox/stats?last_s=0.04");

        Assert.Equal(
            """
            {"bin_ms":20,"bins":4,"empty_bins":1,"empty_share":0.25,"per_bin_p50":1,"per_bin_p99":1,"per_bin_max":3}
            """,
            all.At("provider.arrivals").GetRawText());
        Assert.Equal(
            """
            {"bin_ms":20,"bins":2,"empty_bins":0,"empty_share":0,"per_bin_p50":1,"per_bin_p99":1,"per_bin_max":1}
            """,
            latest.At("provider.arrivals").GetRawText());
    }

    [Fact]
    public async Task DeleteStats_AfterRequests_CountsAnewAndKeepsTheRest()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.CreateAsync();
        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });

        var deleted = await sandbox.DeleteAsync("/sandbox/stats");
        var stats = await sandbox.GetAsync("/sandbox/stats");

        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Equal(0, stats.At("provider.requests").GetInt32());
        Assert.Equal(1, stats.At("payments").GetInt32());
        Assert.Equal(1, stats.At("machine.commands").GetInt32());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-1")]
    [InlineData("601")]
    public async Task Stats_WrongPeriod_Answers422(string lastSeconds)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.GetAsync($"/sandbox/stats?last_s={lastSeconds}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(["last_s"], answer.WrongFields);
    }
}
