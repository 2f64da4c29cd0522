using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Tests.Processes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

/// <summary>The console of a service that asks for a key.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-sign-in-");
    private Browser _browser = null!;
    private ServiceProcess _service = null!;

    public async Task InitializeAsync()
    {
        var starting = ConsoleFixture.StartServiceAsync(
            _folder.FullName,
            ("SANDBOX_URL", $"http://127.0.0.1:{FreePort.OfLoopback()}"), ("API_KEYS", "the-right-key-of-the-console"));
        _browser = await Browser.StartAsync();
        _service = await starting;
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task SignIn_WrongThenRightKey_IsInUntilSignedOut()
    {
        await using var visit = await _browser.VisitAsync(_service.Url);
        await visit.GoAsync("");
        var key = visit.Page.GetByLabel("API key");

        await Expect(key).ToBeFocusedAsync();
        await key.FillAsync("another-key-than-the-right-one");
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
        await key.FillAsync("the-right-key-of-the-console");
        await visit.Button("Sign in").ClickAsync();
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");
        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");
        await visit.Button("Sweep now").ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync("Restarted");
        await visit.Button("Close").ClickAsync();
        await visit.Button("Sign out").ClickAsync();

        await Expect(key).ToBeVisibleAsync();
        await visit.Page.ReloadAsync();
        await Expect(key).ToBeVisibleAsync();
        visit.AssertClean();
    }

    [Fact]
    public async Task Session_OfTheBrowser_IsNothingThatAScriptCanRead()
    {
        await using var visit = await _browser.VisitAsync(_service.Url);
        await visit.GoAsync("");
        await visit.Page.GetByLabel("API key").FillAsync("the-right-key-of-the-console");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");

        var cookies = await visit.Page.EvaluateAsync<string>("() => document.cookie");
        var cookie = Assert.Single(await visit.Page.Context.CookiesAsync());

        Assert.Equal("", cookies);
        Assert.Equal((true, SameSiteAttribute.Strict), (cookie.HttpOnly, cookie.SameSite));
        Assert.DoesNotContain("the-right-key", cookie.Value);
        visit.AssertClean();
    }

    [Fact]
    public async Task Session_EndedElsewhere_AsksForTheKeyAgain()
    {
        await using var visit = await _browser.VisitAsync(_service.Url);
        await visit.GoAsync("");
        await visit.Page.GetByLabel("API key").FillAsync("the-right-key-of-the-console");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");

        await visit.Page.Context.ClearCookiesAsync();
        await visit.GoAsync("attention");

        await Expect(visit.Page.GetByLabel("API key")).ToBeFocusedAsync();
        visit.AssertClean();
    }
}
