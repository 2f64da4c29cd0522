using CoffeePayment.Api;
using CoffeePayment.Api.Access;
using CoffeePayment.Hosting.Access;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Tests.Api;

public sealed class ApiKeyTests
{
    [Theory]
    [InlineData("GET", "/metrics")]
    [InlineData("GET", "/openapi/v1.json")]
    [InlineData("GET", "/v1/stats")]
    [InlineData("POST", "/v1/sweeps")]
    [InlineData("GET", "/v1/orders?status=paid")]
    [InlineData("POST", "/v1/orders")]
    [InlineData("GET", "/v1/orders/order-1")]
    [InlineData("GET", "/v1/orders/order-1/events")]
    [InlineData("POST", "/v1/orders/order-1/check")]
    [InlineData("POST", "/v1/orders/order-1/resolve")]
    [InlineData("DELETE", "/v1/orders")]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/dashboard")]
    public async Task Keys_CallWithoutOne_Is401(string method, string path)
    {
        await using var api = await ApiHarness.StartAsync(
            options => options.Keys = TestKeys.Of("first", "second"),
            map: app => app.MapGet("/dashboard", () => "of the host"));

        var answer = await api.SendAsync(HttpMethod.Parse(method), path);

        Assert.Equal(401, answer.Status);
        Assert.Equal("key-missing", answer.ProblemType);
        Assert.Equal("Bearer realm=\"CoffeePayment\"", answer.Headers["WWW-Authenticate"]);
    }

    [Theory]
    [InlineData("GET", "/", 200)]
    [InlineData("GET", "/v1/session", 200)]
    [InlineData("DELETE", "/v1/session", 204)]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("GET", "/health/ready", 200)]
    [InlineData("POST", "/v1/webhooks/yookassa", 400)]
    public async Task Keys_OpenCallWithoutOne_IsServed(string method, string path, int status)
    {
        await using var api = await ApiHarness.StartAsync(options => options.Keys = TestKeys.Of("first"));

        var answer = await api.SendAsync(HttpMethod.Parse(method), path);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("Bearer first", 200)]
    [InlineData("Bearer second", 200)]
    [InlineData("bearer  second ", 200)]
    [InlineData("Bearer third", 401)]
    [InlineData("Bearer firs", 401)]
    [InlineData("Bearer firstt", 401)]
    [InlineData("Bearer FIRST", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("first", 401)]
    [InlineData("Basic Zmlyc3Q6", 401)]
    public async Task Keys_Presented_OpenOnlyWhereTheyFit(string authorization, int status)
    {
        await using var api = await ApiHarness.StartAsync(options => options.Keys = TestKeys.Of("first", "second"));

        var answer = await api.SendAsync(HttpMethod.Get, "/v1/orders?status=paid", authorization: authorization);

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task Keys_WrongOne_IsCalledInvalidAndNotRepeated()
    {
        await using var api = await ApiHarness.StartAsync(options => options.Keys = TestKeys.Of("first"));

        var answer = await api.SendAsync(HttpMethod.Get, "/v1/stats", authorization: "Bearer wrong-key");

        Assert.Equal("Bearer realm=\"CoffeePayment\", error=\"invalid_token\"", answer.Headers["WWW-Authenticate"]);
        Assert.Equal("key-unknown", answer.ProblemType);
        Assert.DoesNotContain("wrong-key", answer.Text);
    }

    [Fact]
    public async Task Keys_None_NobodyIsAsked()
    {
        await using var api = await ApiHarness.StartAsync();

        var answer = await api.GetAsync("/v1/orders?status=paid");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Keys_TwoOfOneName_StopTheStart()
    {
        var start = ApiHarness.StartAsync(options => options.Keys = [.. TestKeys.Of("good"), .. TestKeys.Of("other")]);

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => start);
        Assert.Equal("API_KEYS: every key must have a name of its own.", exception.Message);
    }

    [Fact]
    public void Keys_LongOne_IsCompared()
    {
        var key = new string('k', 5000);
        var keys = new KeyRing(Options.Create(new ApiOptions { Keys = TestKeys.Of("other", key) }));

        Assert.Equal("key-2", keys.Find(key)?.Name);
        Assert.Null(keys.Find(key.AsSpan(1)));
    }

    [Fact]
    public async Task Keys_KnownByTheirHash_AreTakenAndTheirEntryIsNot()
    {
        var made = NewApiKey.Create("anna");
        await using var api = await ApiHarness.StartAsync(options => options.Keys = [made.Known]);

        var withKey = await api.SendAsync(HttpMethod.Get, "/v1/session", authorization: $"Bearer {made.Key}");
        var withEntry = await api.SendAsync(HttpMethod.Get, "/v1/stats", authorization: $"Bearer {made.Known.Entry}");

        withKey.AssertJson("""{"signed_in":true,"required":true,"name":"anna"}""");
        Assert.Equal(401, withEntry.Status);
    }
}
