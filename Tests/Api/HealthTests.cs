using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CoffeePayment.Tests.Api;

public sealed class HealthTests
{
    [Fact]
    public async Task Live_WhateverTheChecksSay_Is200()
    {
        await using var api = await StartAsync(("storage", () => HealthCheckResult.Unhealthy("gone")));

        var answer = await api.GetAsync("/health/live");

        Assert.Equal(200, answer.Status);
        Assert.Equal("""{"status":"healthy","checks":{}}""", answer.Text);
    }

    [Fact]
    public async Task Ready_AllChecksPass_Is200NamingThem()
    {
        await using var api = await StartAsync(
            ("storage", () => HealthCheckResult.Healthy("It answers.")), ("silo", () => HealthCheckResult.Degraded()));

        var answer = await api.GetAsync("/health/ready");

        Assert.Equal(200, answer.Status);
        Assert.Equal("degraded", answer.Json.GetProperty("status").GetString());
        Assert.Equal(("healthy", "It answers."), Tell(answer, "storage"));
        Assert.Equal(("degraded", null), Tell(answer, "silo"));
    }

    [Fact]
    public async Task Ready_OneCheckFails_Is503SayingWhich()
    {
        await using var api = await StartAsync(
            ("storage", () => HealthCheckResult.Unhealthy("It does not answer.", new IOException("secret"))),
            ("silo", () => HealthCheckResult.Healthy()));

        var answer = await api.GetAsync("/health/ready");

        Assert.Equal(503, answer.Status);
        Assert.Equal(("unhealthy", "It does not answer."), Tell(answer, "storage"));
        Assert.Equal(("healthy", null), Tell(answer, "silo"));
        Assert.DoesNotContain("secret", answer.Text);
    }

    [Fact]
    public async Task Ready_CheckThrows_KeepsItsMessageForTheLog()
    {
        await using var api = await StartAsync(("storage", () => throw new IOException("/secret/path")));

        var answer = await api.GetAsync("/health/ready");

        Assert.Equal(503, answer.Status);
        Assert.Equal(("unhealthy", "The check failed; the service's log says how."), Tell(answer, "storage"));
        Assert.DoesNotContain("secret", answer.Text);
    }

    [Fact]
    public async Task Ready_CheckHangs_Is503AfterFiveSeconds()
    {
        var asked = new TaskCompletionSource();
        await using var api = await ApiHarness.StartAsync(
            services: services => services.AddHealthChecks().AddAsyncCheck("storage", HangAsync, ["ready"]));

        var answering = api.GetAsync("/health/ready");
        await asked.Task;
        api.Cluster.Time.Advance(TimeSpan.FromSeconds(5));
        var answer = await answering;

        Assert.Equal(503, answer.Status);
        Assert.Equal(("unhealthy", "The checks took too long."), Tell(answer, "timeout"));

        async Task<HealthCheckResult> HangAsync()
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite);
            return HealthCheckResult.Healthy();
        }
    }

    [Fact]
    public async Task Ready_ChecksWithoutItsTag_AreNotAsked()
    {
        await using var api = await ApiHarness.StartAsync(services: services =>
            services.AddHealthChecks().AddCheck("other", () => HealthCheckResult.Unhealthy()));

        var answer = await api.GetAsync("/health/ready");

        Assert.Equal("""{"status":"healthy","checks":{}}""", answer.Text);
    }

    private static (string? Status, string? Description) Tell(Answer answer, string check)
    {
        var found = answer.Json.GetProperty("checks").GetProperty(check);
        return (found.GetProperty("status").GetString(), found.GetProperty("description").GetString());
    }

    private static Task<ApiHarness> StartAsync(params (string Name, Func<HealthCheckResult> Check)[] checks) =>
        ApiHarness.StartAsync(services: services =>
        {
            foreach (var (name, check) in checks) services.AddHealthChecks().AddCheck(name, check, ["ready"]);
        });
}
