using Orleans.Serialization;

namespace CoffeePayment.Tests.Api;

public sealed class ErrorTests
{
    public static TheoryData<Exception> Outages => new()
    {
        new TimeoutException("Response did not arrive on time."),
        new TaskCanceledException("A task was canceled."),
        new OrleansException("The silo is gone."),
        new OrleansException("Storage", new InvalidOperationException("disk full")),
        new InvalidOperationException("Index", new IOException("disk full")),
        new System.Net.Sockets.SocketException(111),
        new Microsoft.Data.Sqlite.SqliteException("database is locked", 5),
        new NotSupportedException("known to the host"),
    };

    public static TheoryData<Exception> Bugs => new()
    {
        new InvalidOperationException("secret internals"),
        new CodecNotFoundException("Could not find a codec for type System.Threading.Thread: secret internals."),
    };

    [Fact]
    public async Task Path_OfNothing_Is404Problem()
    {
        await using var api = await ApiHarness.StartAsync();

        var answer = await api.GetAsync("/v2/orders");

        Assert.Equal(404, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("about:blank", answer.ProblemType);
        Assert.Equal("Not Found", answer.Json.GetProperty("title").GetString());
        Assert.Equal(404, answer.Json.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Method_NotTaken_Is405ProblemWithTheMethodsTaken()
    {
        await using var api = await ApiHarness.StartAsync();

        var answer = await api.SendAsync(HttpMethod.Delete, "/v1/orders");

        Assert.Equal(405, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("GET, POST", string.Join(", ", answer.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Outages), DisableDiscoveryEnumeration = true)]
    public async Task Call_DuringAnOutage_Is503WithWhenToComeBack(Exception outage)
    {
        await using var api = await ApiHarness.StartAsync(
            options => options.IsOutage = exception => exception is NotSupportedException);
        api.Cluster.Failure = outage;

        var answer = await api.PostAsync("/v1/orders", RegistrationBody.Full);

        Assert.Equal(503, answer.Status);
        Assert.Equal("2", answer.Headers["Retry-After"]);
        Assert.Equal("unavailable", answer.ProblemType);
        Assert.DoesNotContain(outage.Message, answer.Text);
    }

    [Fact]
    public async Task Calls_DuringAnOutage_AreLoggedOnceASecond()
    {
        await using var api = await ApiHarness.StartAsync();
        api.Cluster.Failure = new TimeoutException();

        for (var i = 0; i < 10; i++) await api.GetAsync("/v1/orders/order-1");
        api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        await api.GetAsync("/v1/orders/order-1");

        const string Line = "GET /v1/orders/{id} was answered with 503, as";
        Assert.Equal(
            [
                (LogLevel.Warning, 5002, $"{Line} 1 requests since the last such line"),
                (LogLevel.Warning, 5002, $"{Line} 10 requests since the last such line"),
            ],
            api.Log.All);
    }

    [Theory]
    [MemberData(nameof(Bugs), DisableDiscoveryEnumeration = true)]
    public async Task Call_ThatFindsABug_Is500WithoutInternalsAndLoggedUnderItsTrace(Exception bug)
    {
        await using var api = await ApiHarness.StartAsync();
        api.Cluster.Failure = bug;

        var answer = await api.GetAsync("/v1/orders/order-1");

        Assert.Equal(500, answer.Status);
        Assert.Equal("unexpected", answer.ProblemType);
        Assert.DoesNotContain("secret internals", answer.Text);
        var line = Assert.Single(api.Log.All);
        var traceId = answer.Json.GetProperty("trace_id").GetString();
        Assert.Equal(
            (LogLevel.Error, 5001, $"GET /v1/orders/{{id}} failed in a way nobody foresaw; trace {traceId}"), line);
    }

    [Fact]
    public async Task Client_ThatGoesAway_IsNotLogged()
    {
        var arrived = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        await using var api = await ApiHarness.StartAsync(map: app => app.MapGet("/slow", async (HttpContext context) =>
        {
            context.Response.OnCompleted(() =>
            {
                gone.SetResult();
                return Task.CompletedTask;
            });
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }));
        using var cancellation = new CancellationTokenSource();
        var request = api.Http.GetAsync("/slow", cancellation.Token);
        await arrived.Task;

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Empty(api.Log.All);
    }

    [Fact]
    public async Task Answer_Any_HasTheHeadersThatBrowsersNeed()
    {
        await using var api = await ApiHarness.StartAsync();

        var answer = await api.GetAsync("/nowhere");

        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", answer.Headers["X-Frame-Options"]);
        Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
        Assert.DoesNotContain("Server", answer.Headers.Keys);
    }
}
