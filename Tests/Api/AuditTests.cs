using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CoffeePayment.Api;
using CoffeePayment.Api.Access;
using CoffeePayment.Api.Audit;
using CoffeePayment.Hosting.Access;
using CoffeePayment.Hosting.Audit;
using CoffeePayment.Hosting.Logs;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Api.Fakes;
using CoffeePayment.Tests.Host;
using Serilog.Core;
using Serilog.Extensions.Logging;

namespace CoffeePayment.Tests.Api;

/// <summary>What the audit file says of what was done over HTTP.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly NewApiKey Anna = NewApiKey.Create("anna");

    private readonly string _folder = Directory.CreateTempSubdirectory("coffee-audit-").FullName;
    private Logger _log = null!;
    private ApiHarness _api = null!;

    public async Task InitializeAsync()
    {
        var settings = TestSettings.Read(("LOG_FILE", Path.Combine(_folder, "service.log"))).Settings!;
        _log = ServiceLog.Open(settings, new LoggingLevelSwitch(Serilog.Events.LevelAlias.Off));
        _api = await StartAsync(Anna.Known);
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        await _log.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Resolve_Done_IsWrittenDownWithEverythingAtOnce()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with { Status = OrderStatus.ManualMake, DueAt = null });

        var answer = await ResolveAsync("order-1", "refunded", "чек 17\\nот руки");

        var line = Assert.Single(Lines());
        Assert.Equal(
            """{"who":"anna","proof":"key","from":"127.0.0.1","action":"resolve","order":"order-1","outcome":"done","""
            + "\"detail\":\"refunded\",\"note\":\"чек 17 от руки\"}",
            line);
        var last = answer.Json.GetProperty("history").EnumerateArray().Last();
        Assert.Equal("anna", last.GetProperty("by").GetString());
    }

    [Fact]
    public async Task Resolve_NotDone_IsWrittenDownWithWhatCameOfIt()
    {
        _api.Cluster.Add("order-1");
        await ResolveAsync("order-1", "made", "");
        await ResolveAsync("order-2", "made", "");
        _api.Cluster.Failure = new TimeoutException();
        await ResolveAsync("order-1", "made", "");

        var outcomes = Lines().Select(line => Field(line, "outcome"));

        Assert.Equal(["refused", "not_found", "unknown"], outcomes);
    }

    [Fact]
    public async Task Actions_OfAnOperator_AreWrittenDownAndReadingIsNot()
    {
        _api.Cluster.Add("order-1");
        await SendAsync(HttpMethod.Get, "/v1/orders/order-1");
        await SendAsync(HttpMethod.Post, "/v1/orders/order-1/check");
        await SendAsync(HttpMethod.Post, "/v1/orders/order-2/check");
        await SendAsync(HttpMethod.Post, "/v1/sweeps");

        var lines = Lines().Select(line => $"{Field(line, "action")} {Field(line, "order")} {Field(line, "outcome")}");

        Assert.Equal(["check order-1 done", "check order-2 not_found", "sweep  done"], lines);
    }

    [Fact]
    public async Task Registration_OfAnImport_IsWrittenDownAndOthersAreNot()
    {
        await SendAsync(HttpMethod.Post, "/v1/orders", Registration("order-1"));
        await RegisterAsImportAsync("order-2");
        await RegisterAsImportAsync("order-2");

        var lines = Lines().Select(line => $"{Field(line, "action")} {Field(line, "order")} {Field(line, "outcome")}");

        Assert.Equal(["import order-2 done", "import order-2 done"], lines);
    }

    [Fact]
    public async Task TestOrder_Placed_IsWrittenDownWithItsEnding()
    {
        await SendAsync(HttpMethod.Post, "/v1/test-orders", """{"ending":"paid_late"}""");

        var line = Assert.Single(Lines());
        Assert.Equal(
            ("test_order", "done", "paid_late"),
            (Field(line, "action"), Field(line, "outcome"), Field(line, "detail")));
        Assert.Equal(Assert.Single(_api.Cluster.Registered).Id, Field(line, "order"));
    }

    [Fact]
    public async Task SignIn_AndOut_AreWrittenDown()
    {
        var cookie = (await SignInAsync(Anna.Key)).Headers["Set-Cookie"].Split(';')[0];
        await SignInAsync("wrong-key");
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v1/session");
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add(RequestOrigin.ConsoleHeader, "1");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        await _api.SendAsync(request);

        Assert.Equal(
            [
                """{"who":"anna","proof":"key","from":"127.0.0.1","action":"sign_in","outcome":"done"}""",
                """{"who":"anonymous","proof":"none","from":"127.0.0.1","action":"sign_in","outcome":"refused","""
                + "\"detail\":\"key-unknown\"}",
                """{"who":"anna","proof":"session","from":"127.0.0.1","action":"sign_out","outcome":"done"}""",
            ],
            Lines());
    }

    [Fact]
    public async Task Refusals_Many_AreWrittenDownUpToABoundAndNeverWithTheirKey()
    {
        for (var i = 0; i < 130; i++)
            await _api.SendAsync(HttpMethod.Get, "/v1/stats", authorization: $"Bearer guess-{i}");

        var details = Lines().Select(line => Field(line, "detail")).ToList();

        Assert.Equal(
            [.. Enumerable.Repeat("key-unknown", 10), .. Enumerable.Repeat("too-many-wrong-keys", 90)], details);
        Assert.DoesNotContain("guess", string.Concat(Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_WhereThereAreNoKeys_IsAnonymous()
    {
        await using var api = await StartAsync();
        api.Cluster.Add("order-1");
        api.Cluster.Order("order-1").Change(order => order with { Status = OrderStatus.ManualMake, DueAt = null });

        var answer = await api.PostAsync("/v1/orders/order-1/resolve", """{"outcome":"made"}""");

        Assert.Equal("anonymous", Field(Assert.Single(Lines()), "who"));
        var last = answer.Json.GetProperty("history").EnumerateArray().Last();
        Assert.Equal("anonymous", last.GetProperty("by").GetString());
    }

    [Fact]
    public async Task Log_HasTheSameInOneLine()
    {
        _api.Cluster.Add("order-1");
        await ResolveAsync("order-1", "made", "a\\nb");
        await _log.DisposeAsync();

        var log = await File.ReadAllLinesAsync(Directory.GetFiles(_folder, "service2*.log").Single());

        var line = Assert.Single(log, line => line.Contains(AuditTrail.Category, StringComparison.Ordinal));
        Assert.Contains(
            "anna (by key, from 127.0.0.1): resolve order-1 refused made a b", line, StringComparison.Ordinal);
    }

    private Task<ApiHarness> StartAsync(params ApiKey[] keys) => ApiHarness.StartAsync(
        options => options.Keys = keys,
        services => services.AddLogging(logging => logging
            .AddProvider(new SerilogLoggerProvider(_log))
            .AddFilter<SerilogLoggerProvider>(AuditTrail.Category, LogLevel.Information))
            .AddSingleton<ITestOrders>(new FakeTestOrders()));

    /// <summary>The audit file's lines without their time and trace, which are there.</summary>
    private List<string> Lines()
    {
        using var file = new FileStream(
            Directory.GetFiles(_folder, "service.audit2*.log").Single(),
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return
        [
            .. from line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
               let fields = JsonSerializer.Deserialize<Dictionary<string, string>>(line)!
               where DateTimeOffset.TryParse(fields["at"], out _) && fields["at"].EndsWith('Z')
               select JsonSerializer.Serialize(
                   fields.Where(field => field.Key is not ("at" or "trace_id")).ToDictionary(), Readable),
        ];
    }

    private static string? Field(string line, string name) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(line)!.GetValueOrDefault(name);

    private Task<Answer> SignInAsync(string key) => _api.PostAsync("/v1/session", $$"""{"key":"{{key}}"}""");

    private Task<Answer> ResolveAsync(string order, string outcome, string note) => SendAsync(
        HttpMethod.Post, $"/v1/orders/{order}/resolve", $$"""{"outcome":"{{outcome}}","note":"{{note}}"}""");

    private static string Registration(string order) => RegistrationBody.Minimal
        .Replace("order-1", order, StringComparison.Ordinal)
        .Replace("payment-1", $"payment-of-{order}", StringComparison.Ordinal);

    private async Task RegisterAsImportAsync(string order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/orders");
        request.Content = new StringContent(Registration(order), new MediaTypeHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Anna.Key);
        request.Headers.Add(AuditLog.ImportHeader, "1");
        await _api.SendAsync(request);
    }

    private Task<Answer> SendAsync(HttpMethod method, string path, string? body = null)
    {
        var content = body is null ? null : new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return _api.SendAsync(method, path, content, $"Bearer {Anna.Key}");
    }
}
