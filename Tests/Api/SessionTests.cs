using System.Text;
using CoffeePayment.Api.Access;
using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Tests.Api;

public sealed class SessionTests : IAsyncLifetime
{
    private static readonly NewApiKey Anna = NewApiKey.Create("anna");

    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await StartAsync(Anna.Known);

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task SignIn_WithAKey_IsACookieForThisSiteAlone()
    {
        var answer = await SignInAsync(_api, Anna.Key);

        Assert.Equal((204, "no-store"), (answer.Status, answer.Headers["Cache-Control"]));
        Assert.Matches(
            @"^coffee_session=anna%3A\d+%3A[\w-]{43}; max-age=43200; path=/; samesite=strict; httponly$",
            answer.Headers["Set-Cookie"]);
        Assert.DoesNotContain(Anna.Key, answer.Headers["Set-Cookie"]);
    }

    [Fact]
    public async Task SignIn_ThroughAProxyWithTls_IsACookieForThisHostOverTls()
    {
        await using var api = await ApiHarness.StartAsync(
            options => options.Keys = [Anna.Known], before: app => app.Use((context, next) =>
            {
                context.Request.Scheme = "https";
                return next(context);
            }));

        var answer = await SignInAsync(api, Anna.Key);

        Assert.Matches(
            "^__Host-coffee_session=[^;]+; max-age=43200; path=/; secure; samesite=strict; httponly$",
            answer.Headers["Set-Cookie"]);
    }

    [Theory]
    [InlineData("""{"key":"wrong"}""", 401, "key-unknown")]
    [InlineData("{}", 422, "invalid-fields")]
    [InlineData("""{"key":1}""", 422, "invalid-fields")]
    [InlineData("[]", 400, "malformed")]
    public async Task SignIn_WithoutAKey_IsNoCookie(string body, int status, string problem)
    {
        var answer = await _api.PostAsync("/v1/session", body);

        Assert.Equal((status, problem), (answer.Status, answer.ProblemType));
        Assert.DoesNotContain("Set-Cookie", answer.Headers.Keys);
    }

    [Fact]
    public async Task SignIn_WrongTooOften_HasToWaitWhateverTheKey()
    {
        for (var i = 0; i < 10; i++) await SignInAsync(_api, "wrong");

        var early = await SignInAsync(_api, Anna.Key);
        _api.Cluster.Time.Advance(TimeSpan.FromSeconds(6));
        var late = await SignInAsync(_api, Anna.Key);

        Assert.Equal((429, "too-many-wrong-keys"), (early.Status, early.ProblemType));
        Assert.Equal("6", early.Headers["Retry-After"]);
        Assert.Equal(204, late.Status);
    }

    [Fact]
    public async Task Session_OfSomebody_ReadsAndSaysWhoItIs()
    {
        var cookie = await CookieAsync(_api);

        var stats = await SendAsync(_api, HttpMethod.Get, "/v1/orders?status=paid", cookie);
        var session = await SendAsync(_api, HttpMethod.Get, "/v1/session", cookie);

        Assert.Equal(200, stats.Status);
        session.AssertJson("""{"signed_in":true,"required":true,"name":"anna"}""");
    }

    [Fact]
    public async Task Session_OfNobody_SaysThatAKeyIsNeeded()
    {
        var session = await _api.GetAsync("/v1/session");

        session.AssertJson("""{"signed_in":false,"required":true,"name":null}""");
    }

    [Fact]
    public async Task Session_WhereThereAreNoKeys_SaysThatNoneIsNeeded()
    {
        await using var api = await ApiHarness.StartAsync();

        var session = await api.GetAsync("/v1/session");

        session.AssertJson("""{"signed_in":false,"required":false,"name":null}""");
    }

    [Fact]
    public async Task Session_After12Hours_IsOver()
    {
        var cookie = await CookieAsync(_api);

        _api.Cluster.Time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        var before = await SendAsync(_api, HttpMethod.Get, "/v1/orders?status=paid", cookie);
        _api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var after = await SendAsync(_api, HttpMethod.Get, "/v1/orders?status=paid", cookie);

        Assert.Equal((200, 401), (before.Status, after.Status));
    }

    [Fact]
    public async Task Session_OfAnotherProcessWithTheSameKeysAndSecret_IsTaken()
    {
        await using var other = await StartAsync(NewApiKey.Create("boris").Known, Anna.Known);
        var cookie = await CookieAsync(other);

        var answer = await SendAsync(_api, HttpMethod.Get, "/v1/orders?status=paid", cookie);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Session_WhoseKeyIsGone_IsOver()
    {
        await using var later = await StartAsync(NewApiKey.Create("anna").Known);
        var cookie = await CookieAsync(_api);

        var answer = await SendAsync(later, HttpMethod.Get, "/v1/orders?status=paid", cookie);

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task Session_MadeFromTheHashWithoutTheSecret_IsNone()
    {
        await using var other = await ApiHarness.StartAsync(options => options.Keys = [Anna.Known]);
        var cookie = await CookieAsync(other);

        var answer = await SendAsync(_api, HttpMethod.Get, "/v1/orders?status=paid", cookie);

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task Session_WithAnyCharacterOfItChanged_IsNone()
    {
        var cookie = Uri.UnescapeDataString(await CookieAsync(_api));
        var value = cookie.IndexOf('=', StringComparison.Ordinal) + 1;

        for (var i = value; i < cookie.Length; i++)
        {
            var changed = new StringBuilder(cookie) { [i] = cookie[i] == '1' ? '2' : '1' }.ToString();
            var session = await SendAsync(_api, HttpMethod.Get, "/v1/session", changed);
            Assert.False(session.Json.GetProperty("signed_in").GetBoolean(), changed);
        }
    }

    [Theory]
    [InlineData("1", null, "same-origin", 200)]
    [InlineData("1", "own", null, 200)]
    [InlineData("1", "own", "same-origin", 200)]
    [InlineData("1", null, null, 403)]
    [InlineData("1", null, "none", 403)]
    [InlineData("1", null, "same-site", 403)]
    [InlineData("1", null, "cross-site", 403)]
    [InlineData("1", "own", "cross-site", 403)]
    [InlineData("1", "http://evil.example", null, 403)]
    [InlineData("1", "null", null, 403)]
    [InlineData("0", null, "same-origin", 403)]
    [InlineData(null, "own", "same-origin", 403)]
    public async Task Session_ThatChangesSomething_MustBeTheConsoles(
        string? console, string? origin, string? site, int status)
    {
        var cookie = await CookieAsync(_api);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sweeps");
        Add(request, "Cookie", cookie);
        Add(request, RequestOrigin.ConsoleHeader, console);
        Add(request, "Origin", origin == "own" ? _api.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : origin);
        Add(request, "Sec-Fetch-Site", site);

        using var response = await _api.Http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Key_InTheRequest_NeedsNoOriginSinceNoBrowserSendsItByItself()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sweeps");
        Add(request, "Authorization", $"Bearer {Anna.Key}");
        Add(request, "Sec-Fetch-Site", "cross-site");

        using var response = await _api.Http.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task SignOut_OfSomebody_MakesTheBrowserForget()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v1/session");
        Add(request, "Cookie", await CookieAsync(_api));
        Add(request, RequestOrigin.ConsoleHeader, "1");
        Add(request, "Sec-Fetch-Site", "same-origin");

        using var response = await _api.Http.SendAsync(request);

        Assert.Equal(204, (int)response.StatusCode);
        Assert.StartsWith(
            "coffee_session=; expires=Thu, 01 Jan 1970",
            response.Headers.GetValues("Set-Cookie").Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ThatABrowserWantsWithoutASession_IsTheConsole()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard");
        Add(request, "Sec-Fetch-Mode", "navigate");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        http.BaseAddress = _api.Http.BaseAddress;

        using var response = await http.SendAsync(request);

        Assert.Equal((302, "/"), ((int)response.StatusCode, response.Headers.Location?.OriginalString));
    }

    private static Task<ApiHarness> StartAsync(params ApiKey[] keys) => ApiHarness.StartAsync(options =>
    {
        options.Keys = keys;
        options.SessionSecret = "of the cluster"u8.ToArray();
    });

    private static Task<Answer> SignInAsync(ApiHarness api, string key) =>
        api.PostAsync("/v1/session", $$"""{"key":"{{key}}"}""");

    /// <summary>The cookie that Anna's browser sends.</summary>
    private static async Task<string> CookieAsync(ApiHarness api) =>
        (await SignInAsync(api, Anna.Key)).Headers["Set-Cookie"].Split(';')[0];

    private static async Task<Answer> SendAsync(ApiHarness api, HttpMethod method, string path, string cookie)
    {
        using var request = new HttpRequestMessage(method, path);
        Add(request, "Cookie", cookie);
        return await api.SendAsync(request);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null) request.Headers.TryAddWithoutValidation(name, value);
    }
}
