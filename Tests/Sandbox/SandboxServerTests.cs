using System.Net;
using CoffeePayment.Sandbox;

namespace CoffeePayment.Tests.Sandbox;

public sealed class SandboxServerTests
{
    [Fact]
    public async Task Sandboxes_TwoInOneProcess_KnowNothingOfEachOther()
    {
        await using var one = await SandboxHarness.StartAsync();
        await using var other = await SandboxHarness.StartAsync();

        await one.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        var answer = await other.GetAsync("/v3/payments/p1");

        Assert.NotEqual(one.Url, other.Url);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
    }

    [Fact]
    public async Task Delete_Sandbox_ForgetsEverything()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "succeeded" });
        await sandbox.GetAsync("/v3/payments/p1");
        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        await sandbox.PutAsync("/sandbox/faults", new { target = "machine", error_rate = 1 });

        var deleted = await sandbox.DeleteAsync("/sandbox");

        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Empty((await sandbox.GetAsync("/sandbox/makes")).Items);
        Assert.Empty((await sandbox.GetAsync("/v3/payments")).Items);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.GetAsync("/sandbox/payments/p1/requests")).Status);
        Assert.Equal(0, (await sandbox.GetAsync("/sandbox/faults")).At("machine.error_rate").GetDouble());
    }

    [Theory]
    [InlineData("load-1", HttpStatusCode.OK)]
    [InlineData("other", HttpStatusCode.NotFound)]
    [InlineData("load-1%20", HttpStatusCode.NotFound)]
    public async Task AnswerUnknownAsPending_WithAPrefix_GivesSuchPaymentsOnly(string id, HttpStatusCode expected)
    {
        await using var sandbox = await SandboxHarness.StartAsync(options =>
        {
            options.AnswerUnknownAsPending = true;
            options.UnknownIdPrefix = "load-";
            options.DefaultAmount = 42m;
        });

        var answer = await sandbox.GetAsync($"/v3/payments/{id}");
        var list = await sandbox.GetAsync("/v3/payments");

        Assert.Equal(expected, answer.Status);
        Assert.Equal(
            expected == HttpStatusCode.OK ? ["load-1 pending 42.00"] : [],
            list.Items.Select(item => string.Join(
                ' ',
                item.GetProperty("id").GetString(),
                item.GetProperty("status").GetString(),
                item.GetProperty("amount").GetProperty("value").GetString())));
    }

    [Fact]
    public async Task Dispose_WithAHungRequest_EndsAtOnce()
    {
        var sandbox = await SandboxHarness.StartAsync();
        using var client = new HttpClient { BaseAddress = sandbox.Url };
        client.DefaultRequestHeaders.Authorization = SandboxHarness.Basic("sandbox", "sandbox");
        await sandbox.PutAsync("/sandbox/payments/p1", new { hang = true });
        var hanging = client.GetAsync(new Uri("/v3/payments/p1", UriKind.Relative));
        while ((await sandbox.GetAsync("/sandbox/payments/p1/requests")).Items.Count == 0)
        {
            // The request is under way on another connection.
        }

        await sandbox.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Start_PortTaken_Throws()
    {
        await using var first = await SandboxHarness.StartAsync();

        await Assert.ThrowsAsync<IOException>(
            () => SandboxServer.StartAsync(new SandboxOptions { Url = first.Url.ToString() }));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://example.org:5090")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0/path")]
    [InlineData("5090")]
    public async Task Start_UrlThatIsNotLocal_ThrowsNamingIt(string url)
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(
            () => SandboxServer.StartAsync(new SandboxOptions { Url = url }));

        Assert.Contains($"Url is '{url}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:0")]
    [InlineData("http://[::1]:0")]
    public async Task Start_OtherLocalUrl_ListensThere(string url)
    {
        await using var sandbox = await SandboxHarness.StartAsync(options => options.Url = url);

        var answer = await sandbox.GetAsync("/v3/payments");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEqual(0, sandbox.Url.Port);
    }
}
