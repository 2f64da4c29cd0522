using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Tests.Api;

/// <summary>What a page of another site's can make a browser on this machine do, where no keys are asked for.</summary>
public sealed class ForeignPageTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync();

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Theory]
    [InlineData("POST", "/v1/orders")]
    [InlineData("POST", "/v1/orders/order-1/check")]
    [InlineData("POST", "/v1/orders/order-1/resolve")]
    [InlineData("POST", "/v1/sweeps")]
    [InlineData("POST", "/v1/webhooks/yookassa")]
    [InlineData("POST", "/v1/session")]
    [InlineData("DELETE", "/v1/session")]
    [InlineData("PUT", "/nowhere")]
    public async Task Change_FromAnotherSitesPage_IsRefused(string method, string path)
    {
        var statuses = new List<int>
        {
            await SendAsync(method, path, ("Sec-Fetch-Site", "cross-site")),
            await SendAsync(method, path, ("Sec-Fetch-Site", "same-site")),
            await SendAsync(method, path, ("Origin", "https://evil.example")),
            await SendAsync(method, path, ("Origin", "http://127.0.0.1:1")),
            await SendAsync(method, path, ("Origin", "null")),
        };

        Assert.Equal([403, 403, 403, 403, 403], statuses);
    }

    [Fact]
    public async Task Change_FromAPageOfTheServicesOrAProgram_IsMade()
    {
        var own = _api.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        var statuses = new List<int>
        {
            await SendAsync("POST", "/v1/sweeps"),
            await SendAsync("POST", "/v1/sweeps", ("Sec-Fetch-Site", "none")),
            await SendAsync("POST", "/v1/sweeps", ("Sec-Fetch-Site", "same-origin"), ("Origin", own)),
            await SendAsync("POST", "/v1/sweeps", ("Origin", own)),
        };

        Assert.Equal([200, 200, 200, 200], statuses);
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:5080", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("192.168.0.1:5080", 403)]
    [InlineData("0.0.0.0:5080", 403)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:5080", 200)]
    [InlineData("coffee.localhost:5080", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    public async Task Host_WithoutKeys_MustBeThisMachine(string host, int status)
    {
        var answer = await SendAsync("GET", "/v1/orders?status=paid", ("Host", host));

        Assert.Equal(status, answer);
    }

    [Fact]
    public async Task Host_WithKeys_MayBeAny()
    {
        await using var api = await ApiHarness.StartAsync(options => options.Keys = [ApiKey.FromKey("anna", "secret")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/orders?status=paid");
        request.Headers.Host = "coffee.example";
        request.Headers.Authorization = new("Bearer", "secret");

        var answer = await api.SendAsync(request);

        Assert.Equal(200, answer.Status);
    }

    private async Task<int> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return (await _api.SendAsync(request)).Status;
    }
}
