using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

[Collection(ConsoleCollection.Name)]
public class AttentionTests(ConsoleFixture console)
{
    [Theory]
    [InlineData("Made", "successful")]
    [InlineData("Refunded", "refunded")]
    [InlineData("Dismiss", "manual_make")]
    public async Task Resolve_Confirmed_IsTakenDownWithItsNoteAndLeavesTheList(string button, string status)
    {
        var id = await console.WaitingAsync("resolve");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("attention");

        await visit.Button($"{button}: {id}").ClickAsync();
        await Expect(visit.Dialog).ToContainTextAsync(id);
        await visit.Page.GetByLabel("Note").FillAsync("Seen by the night shift");
        await visit.Button("Confirm").ClickAsync();

        await Expect(visit.Row(id)).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#announcements")).ToContainTextAsync($"Order {id}:");
        Assert.Equal((status, "Seen by the night shift"), await console.StatusAsync(id));
        visit.AssertClean();
    }

    [Fact]
    public async Task Resolve_Canceled_ChangesNothing()
    {
        var id = await console.WaitingAsync("cancel");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("attention");

        await visit.Button($"Refunded: {id}").ClickAsync();
        await visit.Button("Cancel").ClickAsync();
        await Expect(visit.Dialog).ToBeHiddenAsync();
        await Expect(visit.Button($"Refunded: {id}")).ToBeFocusedAsync();
        await visit.Button($"Refunded: {id}").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Escape");

        await Expect(visit.Dialog).ToBeHiddenAsync();
        await Expect(visit.Row(id)).ToBeVisibleAsync();
        Assert.Equal(("manual_make", null), await console.StatusAsync(id));
        visit.AssertClean();
    }

    [Fact]
    public async Task Resolve_SomebodyWasFaster_SaysWhyNotAndStaysOpen()
    {
        var id = await console.WaitingAsync("faster");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("attention");
        await visit.Button($"Made: {id}").ClickAsync();

        using var faster = await console.Http.PostAsJsonAsync($"v1/orders/{id}/resolve", new { outcome = "refunded" });
        await visit.Button("Confirm").ClickAsync();

        await Expect(visit.Dialog).ToContainTextAsync("The order is refunded: nothing can follow.");
        await visit.Button("Cancel").ClickAsync();
        Assert.Equal("refunded", (await console.StatusAsync(id)).Status);
        visit.AssertClean();
    }

    [Fact]
    public async Task List_OrderResolvedElsewhere_LeavesIt()
    {
        var id = await console.WaitingAsync("elsewhere");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("attention");
        await Expect(visit.Row(id)).ToBeVisibleAsync();

        using var resolved = await console.Http.PostAsJsonAsync($"v1/orders/{id}/resolve", new { outcome = "made" });

        await Expect(visit.Row(id)).ToHaveCountAsync(0);
        visit.AssertClean();
    }
}
