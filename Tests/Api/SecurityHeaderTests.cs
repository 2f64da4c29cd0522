namespace CoffeePayment.Tests.Api;

public sealed class SecurityHeaderTests
{
    [Theory]
    [InlineData("GET", "/v1/orders?status=paid", 200)]
    [InlineData("GET", "/v1/orders/nobody", 404)]
    [InlineData("GET", "/v1/session", 200)]
    [InlineData("DELETE", "/v1/session", 204)]
    [InlineData("POST", "/v1/orders", 415)]
    [InlineData("GET", "/v1/stats", 503)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("DELETE", "/metrics", 405)]
    [InlineData("GET", "/metrics", 200)]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("GET", "/openapi/v1.json", 200)]
    [InlineData("GET", "/broken", 500)]
    public async Task Answer_ThatIsNoPage_MayNotBeRunFramedGuessedAtOrKept(string method, string path, int status)
    {
        await using var api = await ApiHarness.StartAsync(map: app =>
        {
            app.MapGet("/broken", () => { throw new InvalidOperationException("broken"); });
        });
        if (status == 503) api.Cluster.Failure = new TimeoutException();

        var answer = await api.SendAsync(HttpMethod.Parse(method), path);

        Assert.Equal(status, answer.Status);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers["Content-Security-Policy"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
    }
}
