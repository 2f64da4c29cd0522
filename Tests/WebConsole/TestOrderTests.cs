using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

[Collection(ConsoleCollection.Name)]
public class TestOrderTests(ConsoleFixture console)
{
    private static readonly (string Ending, string Standing)[] Endings =
    [
        ("Paid in time", "At the machine"),
        ("Paid too late", "Paid, not made the money came too late for the machine"),
        ("Another amount is paid", "Paid, not made another amount was paid"),
        ("The bank says no", "Not paid not enough money on the card"),
        ("Nobody pays", "Not paid nobody paid in time"),
        ("The money is held, not taken", "Unknown if paid the money is held, not taken"),
        ("The provider fails", "Unknown if paid the provider gave no answer"),
        ("The machine refuses", "Machine failed the machine refused"),
        ("The machine is silent", "Paid, not made nobody knows if the drink was made"),
    ];

    [Fact]
    public async Task TestOrder_OfEachKind_EndsAsChosen()
    {
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("");
        var places = new List<string>();
        foreach (var (ending, _) in Endings)
        {
            await visit.Button("Test order").ClickAsync();
            await visit.Page.GetByLabel(ending, new() { Exact = true }).CheckAsync();
            await visit.Button("Place").ClickAsync();
            await Expect(visit.Dialog).ToBeHiddenAsync();
            await Expect(visit.Timeline).ToBeVisibleAsync();
            places.Add(new Uri(visit.Page.Url).Fragment[2..]);
            await visit.GoAsync("");
        }

        foreach (var (place, (_, standing)) in places.Zip(Endings))
        {
            await visit.GoAsync(place);
            await Expect(visit.Standing).ToHaveTextAsync(standing, new() { UseInnerText = true });
        }

        visit.AssertClean();
    }
}
