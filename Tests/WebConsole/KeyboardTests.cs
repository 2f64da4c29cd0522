using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

[Collection(ConsoleCollection.Name)]
public class KeyboardTests(ConsoleFixture console)
{
    /// <summary>No way on a page is longer than that.</summary>
    private const int StepsMax = 120;

    /// <summary>
    /// Null while nothing has the focus. Asked in one go: what is drawn anew meanwhile may take it away.
    /// </summary>
    private const string OutlineOfFocused =
        "() => document.activeElement === document.body ? null : getComputedStyle(document.activeElement).outlineStyle";

    [Fact]
    public async Task Keyboard_Alone_DoesEverything()
    {
        var id = await console.WaitingAsync("keyboard");
        var atTheMachine = await console.AtTheMachineAsync("keyboard-machine");
        var pending = await console.PendingAsync("keyboard-pending");
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("");
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");

        // Straight to the content, past the header.
        await TabToAsync(visit, visit.Page.GetByText("To the content"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Heading("Overview")).ToBeFocusedAsync();

        // Search, and open what was found.
        await SearchAsync(visit, id);
        await TabToAsync(visit, visit.Row(id).GetByText(id));
        await PressAsync(visit, "Enter");
        await Expect(visit.Heading($"Order {id}")).ToBeFocusedAsync();

        // A dialog keeps the focus, Escape closes it, and the focus is back where it was.
        await TabToAsync(visit, visit.Button($"Refunded: {id}"));
        await PressAsync(visit, "Enter");
        for (var i = 0; i < 8; i++)
        {
            await PressAsync(visit, "Tab");
            Assert.True(await visit.Page.EvaluateAsync<bool>(
                "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"));
        }

        await PressAsync(visit, "Escape");
        await Expect(visit.Button($"Refunded: {id}")).ToBeFocusedAsync();

        // Resolve it, with a note.
        await PressAsync(visit, "Enter");
        await TabToAsync(visit, visit.Page.GetByLabel("Note"));
        await visit.Page.Keyboard.TypeAsync("By hand");
        await TabToAsync(visit, visit.Button("Confirm"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Standing).ToContainTextAsync("Refunded");
        Assert.Equal(("refunded", "By hand"), await console.StatusAsync(id));

        // The machine's outcome, and a check.
        await SearchAsync(visit, atTheMachine);
        await TabToAsync(visit, visit.Row(atTheMachine).GetByText(atTheMachine));
        await PressAsync(visit, "Enter");
        await TabToAsync(visit, visit.Button($"Made: {atTheMachine}"));
        await PressAsync(visit, "Enter");
        await TabToAsync(visit, visit.Button("Confirm"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Standing).ToContainTextAsync("Drink made");
        await SearchAsync(visit, pending);
        await TabToAsync(visit, visit.Row(pending).GetByText(pending));
        await PressAsync(visit, "Enter");
        await TabToAsync(visit, visit.Button("Check now"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Page.Locator("#announcements")).ToContainTextAsync("Asked the provider");
        await Expect(visit.Button("Check now")).ToBeFocusedAsync();

        // A sweep, a test order, the colours, the language and the list.
        await TabToAsync(visit, visit.Button("Sweep now"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Button("Close")).ToBeFocusedAsync();
        await PressAsync(visit, "Enter");
        await Expect(visit.Button("Sweep now")).ToBeFocusedAsync();
        await TabToAsync(visit, visit.Button("Test order"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Page.GetByLabel("Paid in time")).ToBeFocusedAsync();
        await PressAsync(visit, "ArrowDown");
        await TabToAsync(visit, visit.Button("Place"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Standing).ToContainTextAsync("Paid, not made");
        await TabToAsync(visit, visit.Page.GetByLabel("Colours"));
        await PressAsync(visit, "ArrowDown");
        await Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await TabToAsync(visit, visit.Page.GetByLabel("Language"));
        await PressAsync(visit, "ArrowDown");
        await Expect(visit.Page.GetByLabel("Язык")).ToBeFocusedAsync();
        await TabToAsync(visit, visit.Page.GetByRole(AriaRole.Navigation).GetByText("Внимание"));
        await PressAsync(visit, "Enter");
        await Expect(visit.Heading("Ждут человека")).ToBeFocusedAsync();
        visit.AssertClean();
    }

    private static Task PressAsync(Visit visit, string key) => visit.Page.Keyboard.PressAsync(key);

    private static async Task SearchAsync(Visit visit, string text)
    {
        await TabToAsync(visit, visit.Page.GetByRole(AriaRole.Searchbox));
        await PressAsync(visit, "Control+A");
        await visit.Page.Keyboard.TypeAsync(text);
        await PressAsync(visit, "Enter");
        await Expect(visit.Row(text)).ToBeVisibleAsync();
    }

    /// <summary>Goes on from element to element until it is there, and sees where it is all the way.</summary>
    private static async Task TabToAsync(Visit visit, ILocator target)
    {
        await Expect(target).ToBeVisibleAsync();
        for (var i = 0; i < StepsMax; i++)
        {
            await PressAsync(visit, "Tab");
            Assert.NotEqual("none", await visit.Page.EvaluateAsync<string?>(OutlineOfFocused));
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement")) return;
        }

        Assert.Fail($"The keyboard does not get to {target}.");
    }
}
