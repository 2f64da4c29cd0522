using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class IdempotenceTests
{
    private static readonly object Request = new { amount = SandboxHarness.Amount("150.00") };

    [Fact]
    public async Task Create_SameKeyAgain_GivesTheSamePayment()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var first = await sandbox.PostAsync("/v3/payments", Request, "key");
        var again = await sandbox.PostAsync("/v3/payments", Request, "key");
        var other = await sandbox.PostAsync("/v3/payments", Request, "other key");

        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.NotEqual(first.Text("id"), other.Text("id"));
        Assert.Equal(2, (await sandbox.GetAsync("/v3/payments")).Items.Count);
    }

    [Fact]
    public async Task Create_SameKeyManyAtOnce_MakesOnePayment()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => sandbox.PostAsync("/v3/payments", Request, "key")));

        Assert.Single(answers.Select(answer => answer.Text("id")).Distinct(StringComparer.Ordinal));
        Assert.Single((await sandbox.GetAsync("/v3/payments")).Items);
    }

    [Fact]
    public async Task Create_SameKeyForOtherContent_IsRefused()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PostAsync("/v3/payments", Request, "key");

        var answer = await sandbox.PostAsync("/v3/payments", new { amount = SandboxHarness.Amount("151.00") }, "key");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("Idempotence-Key", answer.Text("parameter"));
    }

    [Fact]
    public async Task Create_SameKeyAfterADay_MakesAnotherPayment()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var first = await sandbox.PostAsync("/v3/payments", Request, "key");

        sandbox.Clock.Advance(TimeSpan.FromHours(24));
        var later = await sandbox.PostAsync("/v3/payments", Request, "key");

        Assert.NotEqual(first.Text("id"), later.Text("id"));
    }

    [Fact]
    public async Task Create_KeyOfARefusedRequest_CanBeUsedAgain()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var refused = await sandbox.PostAsync("/v3/payments", new { }, "key");

        var answer = await sandbox.PostAsync("/v3/payments", Request, "key");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.BadRequest)]
    [InlineData(64, HttpStatusCode.OK)]
    [InlineData(65, HttpStatusCode.BadRequest)]
    public async Task Create_KeyAroundItsLimits_PassesUpToThem(int length, HttpStatusCode expected)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.PostAsync("/v3/payments", Request, new string('k', length));

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Capture_SameKeyAgain_IsDoneOnce()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "waiting_for_capture" });

        var first = await sandbox.PostAsync("/v3/payments/p1/capture", new { }, "key");
        var again = await sandbox.PostAsync("/v3/payments/p1/capture", new { }, "key");

        Assert.Equal("succeeded", first.Text("status"));
        Assert.Equal(first.Content, again.Content);
    }
}
