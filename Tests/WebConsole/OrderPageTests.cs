using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

[Collection(ConsoleCollection.Name)]
public class OrderPageTests(ConsoleFixture console)
{
    [Fact]
    public async Task Page_WhileTheOrderLives_TellsEveryCheckDecisionAndCommand()
    {
        var id = await console.PendingAsync("life", drinkName: "Flat white");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync($"orders/{id}");

        await Expect(visit.Standing).ToHaveTextAsync("Waiting for payment ");
        await Expect(visit.Timeline).ToContainTextAsync("Asked the provider: not paid yet");
        await Expect(visit.Timeline.Locator(".repeat")).ToContainTextAsync(" times until ");
        await console.Sandbox.PutPaymentAsync(ConsoleFixture.PaymentOf(id), "succeeded");
        await Expect(visit.Standing).ToContainTextAsync("At the machine");

        await Expect(visit.Timeline.Locator("li p:first-child")).ToHaveTextAsync(
        [
            "Registered",
            "Asked the provider: not paid yet",
            "Asked the provider: paid",
            "Sent the make command, try 1",
            "The machine: accepted",
        ]);
        await Expect(visit.Timeline.Locator(".decision .label")).ToHaveTextAsync(
            ["Waiting for payment", "Paid", "At the machine"]);
        await Expect(visit.Page.Locator(".facts")).ToContainTextAsync("Flat white (medium)");
        visit.AssertClean();
    }

    [Fact]
    public async Task Page_OfWhatWentWrong_ShowsWhatTheCustomerReadsAndTheOrderAsJson()
    {
        var id = await console.WaitingAsync("wrong");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync($"orders/{id}");

        await Expect(visit.Page.Locator(".customer")).ToContainTextAsync("Your payment came too late");
        await Expect(visit.Page.Locator("pre")).ToBeHiddenAsync();
        await visit.Page.GetByText("As JSON").ClickAsync();

        await Expect(visit.Page.Locator("pre")).ToContainTextAsync($"\"payment_reference_id\": \"payment-of-{id}\"");
        visit.AssertClean();
    }

    [Fact]
    public async Task Page_DrawnAnew_KeepsTheFocus()
    {
        var id = await console.PendingAsync("focus");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync($"orders/{id}");
        var machine = visit.Page.Locator(".facts a");
        var checks = visit.Timeline.Locator(".repeat");
        await machine.FocusAsync();
        var before = await checks.TextContentAsync();

        await Expect(checks).Not.ToHaveTextAsync(before!);
        await Expect(machine).ToBeFocusedAsync();
        visit.AssertClean();
    }

    [Fact]
    public async Task CheckNow_PaymentMeanwhileCanceled_ShowsIt()
    {
        var id = await console.PendingAsync("check");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync($"orders/{id}");
        await Expect(visit.Timeline).ToContainTextAsync("not paid yet");

        await visit.Button("Check now").ClickAsync();
        await Expect(visit.Page.Locator("#announcements")).ToHaveTextAsync("Asked the provider: Waiting for payment.");
        await console.Sandbox.PutPaymentAsync(
            ConsoleFixture.PaymentOf(id), "canceled", reason: "insufficient_funds");

        await Expect(visit.Standing).ToHaveTextAsync("Not paid not enough money on the card");
        await Expect(visit.Timeline).ToContainTextAsync(
            "Asked the provider: canceled: not enough money on the card");
        await Expect(visit.Button("Check now")).ToBeHiddenAsync();
        visit.AssertClean();
    }

    [Theory]
    [InlineData("Made", "successful")]
    [InlineData("Not made", "make_failed")]
    public async Task MakePending_PersonSaysHowItEnded_IsSo(string button, string status)
    {
        var id = await console.AtTheMachineAsync("machine");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync($"orders/{id}");

        await visit.Button($"{button}: {id}").ClickAsync();
        await visit.Button("Confirm").ClickAsync();

        await Expect(visit.Timeline).ToContainTextAsync("Resolved:");
        await Expect(visit.Button($"Not made: {id}")).ToBeHiddenAsync();
        Assert.Equal(status, (await console.StatusAsync(id)).Status);
        visit.AssertClean();
    }

    [Fact]
    public async Task Page_OfAnUnknownOrder_SaysThatThereIsNone()
    {
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("orders/nobody");

        await Expect(visit.Standing).ToHaveTextAsync("There is no order nobody.");
        visit.AssertClean();
    }

    [Fact]
    public async Task Page_MarkupInAnOrdersFields_IsShownAsText()
    {
        const string Markup = "<img src=x onerror=\"document.title='broken'\"><script>alert(1)</script>";
        var id = await console.WaitingAsync("markup", machine: "<b onclick=alert(1)>machine</b>", drinkName: Markup);
        await using var visit = await console.VisitAsync();
        await visit.GoAsync($"orders/{id}");

        await Expect(visit.Page.Locator(".facts")).ToContainTextAsync($"{Markup} (medium)");
        await Expect(visit.Page.Locator(".facts")).ToContainTextAsync("<b onclick=alert(1)>machine</b>");
        Assert.Equal(0, await visit.Page.Locator("main img, main script, main b").CountAsync());
        await visit.GoAsync("attention");
        await Expect(visit.Row(id)).ToContainTextAsync("<b onclick=alert(1)>machine</b>");
        await visit.Row(id).GetByText("machine</b>").ClickAsync();
        await Expect(visit.Heading("Search: <b onclick=alert(1)>machine</b>")).ToBeVisibleAsync();
        await Expect(visit.Row(id)).ToBeVisibleAsync();
        visit.AssertClean();
    }
}
