using System.Net;
using System.Net.Http.Headers;

namespace CoffeePayment.Tests.Sandbox;

public sealed class ProviderAuthenticationTests
{
    [Theory]
    [InlineData("sandbox", "wrong")]
    [InlineData("somebody", "sandbox")]
    public async Task Provider_WrongCredentials_AnswersAsYooKassaDoes(string account, string key)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        sandbox.Http.DefaultRequestHeaders.Authorization = SandboxHarness.Basic(account, key);

        var answer = await sandbox.GetAsync("/v3/payments/p1");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal("error", answer.Text("type"));
        Assert.Equal("invalid_credentials", answer.Text("code"));
        Assert.Equal(36, answer.Text("id").Length);
        Assert.NotEmpty(answer.Text("description"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Bearer c2FuZGJveDpzYW5kYm94")]
    public async Task Provider_NoUsableCredentials_Answers401(string? header)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        sandbox.Http.DefaultRequestHeaders.Authorization = null;
        if (header is not null)
            sandbox.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        var answer = await sandbox.GetAsync("/v3/payments");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    [Fact]
    public async Task Provider_OtherAccountConfigured_LetsOnlyThatIn()
    {
        await using var sandbox = await SandboxHarness.StartAsync(
            options => (options.AccountId, options.SecretKey) = ("54321", "live_ключ"));
        var before = await sandbox.GetAsync("/v3/payments");

        sandbox.Http.DefaultRequestHeaders.Authorization = SandboxHarness.Basic("54321", "live_ключ");
        var after = await sandbox.GetAsync("/v3/payments");

        Assert.Equal(HttpStatusCode.Unauthorized, before.Status);
        Assert.Equal(HttpStatusCode.OK, after.Status);
    }

    [Fact]
    public async Task Provider_SchemeInLowerCase_IsLetIn()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var parameter = SandboxHarness.Basic("sandbox", "sandbox").Parameter;
        sandbox.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("basic", parameter);

        var answer = await sandbox.GetAsync("/v3/payments");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }
}
