using Microsoft.Playwright;

namespace CoffeePayment.Tests.WebConsole;

/// <summary>The Chromium of this machine, once for all tests of the console.</summary>
public sealed class Browser : IAsyncDisposable
{
    /// <summary>How long a page may take for what is expected of it; only a failing test ever waits so long.</summary>
    private const float PatienceMs = 45_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox"],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>A visit of somebody who was never there before.</summary>
    public async Task<Visit> VisitAsync(Uri service, VisitOptions? options = null)
    {
        var wanted = options ?? new VisitOptions();
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = service.ToString(),
            ViewportSize = new ViewportSize { Width = wanted.Width, Height = wanted.Height },
            ColorScheme = wanted.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/Moscow",
        });
        context.SetDefaultTimeout(PatienceMs);
        return new Visit(context, await context.NewPageAsync(), service);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>What a visitor looks through.</summary>
public sealed record VisitOptions(int Width = 1280, int Height = 900, bool IsDark = false);
