using System.Text.RegularExpressions;

namespace CoffeePayment.Tests.Api;

/// <summary>How the console's files are served; what they do in a browser is tested in one.</summary>
public sealed partial class ConsoleFilesTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync(options =>
    {
        options.Keys = TestKeys.Of("a-key");
        options.Language = "en";
    });

    public async Task DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Page_WithoutAKey_IsServedInTheLanguageOfTheSettings()
    {
        var page = await _api.GetAsync("/");

        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page.ContentType));
        Assert.Contains("<html lang=\"en\">", page.Text);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            page.Headers["Content-Security-Policy"]);
        Assert.Equal("no-cache", page.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task Page_EverythingThatItLoads_IsServedFromHereWithItsType()
    {
        var files = References().Matches((await _api.GetAsync("/")).Text).Select(match => match.Groups[1].Value);

        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files.Distinct())
        {
            var answer = await _api.GetAsync(file);
            Assert.Equal((file, 200), (file, answer.Status));
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            types.TryAdd(Path.GetExtension(file), answer.ContentType!);
        }

        Assert.Equal(12, files.Distinct().Count());
        Assert.Equal(
            [("text/css; charset=utf-8"), "text/javascript; charset=utf-8", "image/svg+xml"],
            [types[".css"], types[".js"], types[".svg"]]);
    }

    [Fact]
    public async Task Files_All_NameNoOtherHostAndMakeNoMarkupOfTexts()
    {
        foreach (var name in Names())
        {
            var text = (await _api.GetAsync($"/console/{name}")).Text;

            var hosts = Hosts().Matches(text).Select(match => match.Value).Except(["http://www.w3.org"]);
            Assert.Equal((name, ""), (name, string.Join(' ', hosts)));
            Assert.DoesNotContain("innerHTML", text);
            Assert.DoesNotContain("insertAdjacentHTML", text);
        }
    }

    [Fact]
    public async Task File_ThatTheBrowserHas_IsNotSentAgain()
    {
        var first = await _api.GetAsync("/console/main.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/main.js");
        request.Headers.Add("If-None-Match", first.Headers["ETag"]);

        using var second = await _api.Http.SendAsync(request);

        Assert.Equal(304, (int)second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/console/index.html")]
    [InlineData("/console/nothing.js")]
    [InlineData("/console/..%2Findex.html")]
    public async Task File_ThatIsNone_Is404(string path)
    {
        var answer = await _api.GetAsync(path);

        Assert.Equal(404, answer.Status);
    }

    private static IEnumerable<string> Names() => typeof(CoffeePayment.Api.ApiOptions).Assembly
        .GetManifestResourceNames()
        .Where(name => name.StartsWith("console/", StringComparison.Ordinal) && name != "console/index.html")
        .Select(name => name["console/".Length..]);

    [GeneratedRegex("(?:href|src)=\"(/[^\"]+)\"")]
    private static partial Regex References();

    [GeneratedRegex("(?:https?:|wss?:)?//[a-z0-9.-]+\\.[a-z]{2,}", RegexOptions.IgnoreCase)]
    private static partial Regex Hosts();
}
