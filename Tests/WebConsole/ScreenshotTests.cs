using System.Text.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

/// <summary>
/// Makes the pictures of the README: into artifacts/console, and with COFFEE_SCREENSHOTS=docs into docs as well, so
/// that running the tests changes no file of the repository.
/// </summary>
public sealed class ScreenshotTests : IAsyncLifetime
{
    private const int BytesMax = 300_000;

    private readonly ConsoleFixture _console = new();

    public Task InitializeAsync() => _console.InitializeAsync();

    public Task DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Pictures_OfTheConsole_AreMade()
    {
        string[] drinks = ["Cappuccino", "Flat white", "Latte", "Espresso"];
        for (var i = 0; i < 24; i++) await _console.PendingAsync("order", $"machine-{i % 6}", drinks[i % 4]);
        foreach (var machine in new[] { "lobby-1", "station-2", "library-1" })
            await _console.WaitingAsync("order", machine, "Cappuccino");
        var id = await RefusedAsync();

        await using var light = await VisitAsync(isDark: false);
        await light.GoAsync("");
        await Expect(light.Row(id)).ToBeVisibleAsync();
        await Expect(light.Page.Locator("[data-tile=provider] .value")).ToHaveTextAsync("100%");
        await SaveAsync(light, "console.png");

        await light.GoAsync($"orders/{id}");
        await Expect(light.Timeline).ToBeVisibleAsync();
        await SaveAsync(light, "order.png");

        await using var dark = await VisitAsync(isDark: true);
        await dark.GoAsync("");
        await Expect(dark.Row(id)).ToBeVisibleAsync();
        await SaveAsync(dark, "console-dark.png");
    }

    /// <summary>An order whose machine refused its command three times.</summary>
    private async Task<string> RefusedAsync()
    {
        using var placed = await _console.Http.PostAsJsonAsync("v1/test-orders", new { ending = "machine_refuses" });
        var order = await placed.Content.ReadFromJsonAsync<JsonElement>();
        var id = order.GetProperty("id").GetString()!;
        await _console.Client.WhenAsync(id, "make_failed");
        return id;
    }

    /// <summary>
    /// A visit after an hour: the figures are real, the hour before them is drawn, since nobody waits for one.
    /// </summary>
    private async Task<Visit> VisitAsync(bool isDark)
    {
        var visit = await _console.VisitAsync(new VisitOptions(Width: 1280, Height: 860, IsDark: isDark));
        await visit.Page.RouteAsync("**/v1/stats/history", route => route.FulfillAsync(new RouteFulfillOptions
        {
            ContentType = "application/json",
            Body = JsonSerializer.Serialize(new { interval_s = 10, points = Hour().ToArray() }),
        }));
        return visit;
    }

    private static IEnumerable<object> Hour()
    {
        var now = TimeProvider.System.GetUtcNow();
        var end = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.FromSeconds(10).Ticks), TimeSpan.Zero);
        for (var i = 360; i >= 2; i--)
        {
            // A working day's coffee, and a provider that was slow for two minutes.
            var wave = Math.Sin(i / 55.0) + (Math.Sin(i / 6.0) / 6);
            var isSlow = i is > 150 and < 162;
            yield return new
            {
                at = end.AddSeconds(-10 * i),
                orders_by_track = new
                {
                    fast = (int)(22 + (9 * wave)),
                    slow = (int)(5 + (2 * wave)) + (isSlow ? 3 : 0),
                },
                checks_per_second = Math.Round(44 + (17 * wave), 1),
                lateness = new { p50_ms = 1.0, p99_ms = 9 + (3 * wave) },
                provider_error_rate = isSlow ? 0.18 : 0.002,
                provider_latency_p99_ms = 60 + (12 * wave) + (isSlow ? 420 : 0),
                circuit = "closed",
            };
        }
    }

    private static async Task SaveAsync(Visit visit, string name)
    {
        var root = RepositoryRoot();
        var path = Path.Combine(root, "artifacts", "console", name);
        var picture = await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        Assert.InRange(picture.Length, 10_000, BytesMax);
        if (Environment.GetEnvironmentVariable("COFFEE_SCREENSHOTS") == "docs")
            File.Copy(path, Path.Combine(root, "docs", name), overwrite: true);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "CoffeePayment.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
