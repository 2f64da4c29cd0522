using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CoffeePayment.Tests.WebConsole;

[Collection(ConsoleCollection.Name)]
public class SearchTests(ConsoleFixture console)
{
    [Theory]
    [InlineData("order")]
    [InlineData("payment")]
    [InlineData("machine")]
    public async Task Search_ByAnyId_LeadsToTheOrder(string by)
    {
        var machine = $"machine-of-{by}";
        var id = await console.WaitingAsync("search", machine);
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("");

        await visit.Page.GetByRole(AriaRole.Searchbox).FillAsync(by switch
        {
            "order" => id,
            "payment" => $" {ConsoleFixture.PaymentOf(id)} ",
            _ => machine,
        });
        await visit.Button("Search").ClickAsync();
        await visit.Row(id).GetByText(id).ClickAsync();

        await Expect(visit.Heading($"Order {id}")).ToBeVisibleAsync();
        await Expect(visit.Standing).ToContainTextAsync("Paid, not made");
        visit.AssertClean();
    }

    [Fact]
    public async Task Search_NothingFound_SaysSo()
    {
        await using var visit = await console.VisitAsync();
        await visit.GoAsync("search/nobody-has-this");

        await Expect(visit.Page.GetByText("No order, payment or machine has exactly this id.")).ToBeVisibleAsync();
        visit.AssertClean();
    }

    [Fact]
    public async Task Search_MoreThanAPage_IsReadOnOnDemand()
    {
        const string Machine = "machine-with-many-orders";
        var ids = await Task.WhenAll(Enumerable.Range(0, 55).Select(_ => console.WaitingAsync("many", Machine)));
        await using var visit = await console.VisitAsync();
        await visit.GoAsync($"search/{Machine}");
        var rows = visit.Page.Locator("tbody tr");

        await Expect(rows).ToHaveCountAsync(50);
        await visit.Button("More").ClickAsync();

        await Expect(rows).ToHaveCountAsync(ids.Length);
        await Expect(visit.Button("More")).ToBeHiddenAsync();
        visit.AssertClean();
    }
}
