using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CoffeePayment.Sandbox;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Sandbox;

/// <summary>A sandbox on a free port with a clock that stands still, and a client that has its credentials.</summary>
internal sealed class SandboxHarness : IAsyncDisposable
{
    private readonly SandboxServer _server;

    private SandboxHarness(SandboxServer server, VirtualTimeProvider clock)
    {
        _server = server;
        Clock = clock;
        Http = new HttpClient { BaseAddress = server.Url };
        Http.DefaultRequestHeaders.Authorization = Basic("sandbox", "sandbox");
    }

    public VirtualTimeProvider Clock { get; }

    public HttpClient Http { get; }

    public Uri Url => _server.Url;

    public static async Task<SandboxHarness> StartAsync(Action<SandboxOptions>? configure = null)
    {
        var clock = new VirtualTimeProvider();
        var options = new SandboxOptions { Url = "http://127.0.0.1:0", TimeProvider = clock, Seed = 1 };
        configure?.Invoke(options);
        return new SandboxHarness(await SandboxServer.StartAsync(options), clock);
    }

    public static AuthenticationHeaderValue Basic(string account, string key) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{key}")));

    public static object Amount(string value, string currency = "RUB") => new { value, currency };

    public static object Make(string orderUuid, string deviceId = "device-1") =>
        new { deviceId, orderUuid, drinkUuid = "7", size = "small", price = 15000 };

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    public Task<Answer> PostAsync(string path, object? body, string? key = null) =>
        SendAsync(
            HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), key ?? Guid.NewGuid().ToString());

    public async Task<Answer> MakeAsync(object body, string token = "sandbox", string? offset = "3")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/commander/v1/command/make");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (offset is not null)
            request.Headers.Add("TimeZoneOffset", offset);
        request.Content = JsonContent.Create(body);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = content;
        if (key is not null)
            request.Headers.Add("Idempotence-Key", key);
        return await SendAsync(request);
    }

    /// <summary>Creates a payment through the provider's API and tells its id.</summary>
    public async Task<string> CreateAsync(string value = "150.00", bool capture = true)
    {
        var answer = await PostAsync("/v3/payments", new { amount = Amount(value), capture });
        return answer.Text("id");
    }

    public async Task<string> StatusAsync(string id) => (await GetAsync($"/v3/payments/{id}")).Text("status");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        var json = type is "application/json" or "application/problem+json"
            ? JsonSerializer.Deserialize<JsonElement>(body)
            : default;
        return new Answer(response.StatusCode, json, body);
    }
}

/// <summary>What came back: the body as JSON, if it was any, and as text.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body, string Content)
{
    public IReadOnlyList<JsonElement> Items => [.. Body.GetProperty("items").EnumerateArray()];

    /// <summary>The string at a path like <c>amount.value</c>.</summary>
    public string Text(string path) => At(path).GetString()!;

    public bool Has(string name) => Body.TryGetProperty(name, out _);

    /// <summary>The fields that a problem names, in order of their names.</summary>
    public IReadOnlyList<string> WrongFields =>
        [.. Body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)];

    public JsonElement At(string path)
    {
        var element = Body;
        foreach (var name in path.Split('.'))
            element = element.GetProperty(name);
        return element;
    }
}
