using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CoffeePayment.Api;
using CoffeePayment.Tests.Api.Fakes;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Api;

/// <summary>The API on a real server on a port of its own, in front of a fake cluster, in virtual time.</summary>
public sealed class ApiHarness : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHarness(WebApplication app, FakeCluster cluster, LogLines log)
    {
        _app = app;
        Cluster = cluster;
        Log = log;
        var handler = new SocketsHttpHandler { UseCookies = false };
        Http = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeCluster Cluster { get; }

    public HttpClient Http { get; }

    /// <summary>What the API logged.</summary>
    public LogLines Log { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiHarness> StartAsync(
        Action<ApiOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        Action<WebApplication>? before = null)
    {
        var cluster = new FakeCluster(new VirtualTimeProvider());
        var log = new LogLines();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(log);
        builder.Services.AddSingleton(GrainFactoryProxy.Of(cluster));
        builder.Services.AddSingleton<TimeProvider>(cluster.Time);
        builder.Services.AddPaymentApi(configure);
        services?.Invoke(builder.Services);

        var app = builder.Build();
        before?.Invoke(app);
        app.MapPaymentApi();
        map?.Invoke(app);
        await app.StartAsync();
        return new ApiHarness(app, cluster, log);
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string? json = null, string contentType = "application/json") =>
        PostBytesAsync(path, json is null ? null : Encoding.UTF8.GetBytes(json), contentType);

    public Task<Answer> PostBytesAsync(string path, byte[]? body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(body ?? []);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(HttpMethod.Post, path, content);
    }

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>An answer of the API's.</summary>
public sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public string? ContentType => Headers.GetValueOrDefault("Content-Type");

    /// <summary>Asserts that the body is this JSON, white space aside.</summary>
    public void AssertJson(string expected) => Assert.Equal(
        JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(expected)), JsonSerializer.Serialize(Json));

    /// <summary>A problem's errors, as <c>field: message; message</c>, one a line.</summary>
    public string Errors => string.Join(
        '\n',
        Json.GetProperty("errors").EnumerateObject().Select(
            error => $"{error.Name}: {string.Join("; ", error.Value.EnumerateArray().Select(m => m.GetString()))}"));

    /// <summary>A problem's type, without what all types begin with.</summary>
    public string? ProblemType => Json.GetProperty("type").GetString()?.Replace("urn:coffee-payment:", "");
}
