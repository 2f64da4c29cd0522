using System.Globalization;
using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

[Collection(ConsoleCollection.Name)]
public class OverviewTests(ConsoleFixture console)
{
    [Fact]
    public async Task Overview_AsOrdersAreChecked_FillsLive()
    {
        var id = await console.PendingAsync("overview");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("");
        var chart = visit.Page.GetByLabel("Checks a second: now");

        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");
        await Expect(visit.Page.Locator("[data-tile=pending] .value")).Not.ToHaveTextAsync("0");
        await Expect(visit.Page.Locator("[data-tile=checks] .value")).Not.ToHaveTextAsync("0");
        await Expect(visit.Page.Locator("[data-tile=provider] .detail")).ToContainTextAsync("closed: asked");
        await Expect(visit.Page.GetByText("active", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(chart).ToBeVisibleAsync();
        var before = int.Parse((await chart.GetAttributeAsync("data-points"))!, CultureInfo.InvariantCulture);
        await Expect(chart).ToHaveAttributeAsync("data-points", $"{before + 1}");

        await console.Sandbox.PutPaymentAsync(ConsoleFixture.PaymentOf(id), "canceled");
        visit.AssertClean();
    }

    [Fact]
    public async Task Overview_OrderGetsToWaitForAPerson_SaysSoAtOnce()
    {
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("");
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");

        var id = await console.WaitingAsync("overview");

        await Expect(visit.Row(id)).ToContainTextAsync("the money came too late for the machine");
        await Expect(visit.Row(id)).ToContainTextAsync("RUB");
        await Expect(visit.Page.Locator(".banner")).ToContainTextAsync("Orders that wait for a person");
        await Expect(visit.Page.Locator("#badge")).ToBeVisibleAsync();
        visit.AssertClean();
    }

    [Fact]
    public async Task SweepNow_ShowsItsReport()
    {
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("");

        await visit.Button("Sweep now").ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync("Restarted");
        await visit.Button("Close").ClickAsync();

        await Expect(visit.Dialog).ToBeHiddenAsync();
        await Expect(visit.Button("Sweep now")).ToBeFocusedAsync();
        visit.AssertClean();
    }

    [Fact]
    public async Task Footer_HasTheWaysToTheRest()
    {
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("");

        var footer = visit.Page.Locator("footer");
        foreach (var (name, path) in new[]
        {
            ("Dashboard", "/dashboard"), ("Metrics", "/metrics"), ("OpenAPI", "/openapi/v1.json"),
        })
        {
            await Expect(footer.GetByText(name, new() { Exact = true })).ToHaveAttributeAsync("href", path);
        }
    }
}
