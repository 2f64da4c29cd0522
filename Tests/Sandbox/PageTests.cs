using System.Net;

namespace CoffeePayment.Tests.Sandbox;

public sealed class PageTests
{
    [Theory]
    [InlineData("pay", "succeeded")]
    [InlineData("cancel", "canceled")]
    public async Task PayPage_Button_DecidesThePaymentAndSendsTheCustomerBack(string button, string status)
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var created = await sandbox.PostAsync("/v3/payments", new
        {
            amount = SandboxHarness.Amount("150.00"),
            capture = true,
            confirmation = new { type = "redirect", return_url = "https://shop.example/done?x=1" },
        });
        var page = new Uri(created.Text("confirmation.confirmation_url"));

        var shown = await browser.GetStringAsync(page);
        using var pressed = await browser.PostAsync(new Uri($"{page}/{button}"), content: null);

        Assert.Contains("150.00 RUB", shown, StringComparison.Ordinal);
        Assert.Contains($"{page.AbsolutePath}/{button}\"", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, pressed.StatusCode);
        Assert.Equal("https://shop.example/done?x=1", pressed.Headers.Location!.ToString());
        Assert.Equal(status, await sandbox.StatusAsync(created.Text("id")));
    }

    [Fact]
    public async Task PayPage_PaymentAlreadyDecided_ChangesNothing()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/p1", new { status = "canceled" });

        await sandbox.PostAsync("/sandbox/pay/p1/pay", body: null);
        var page = await sandbox.GetAsync("/sandbox/pay/p1");

        Assert.Equal("canceled", await sandbox.StatusAsync("p1"));
        Assert.DoesNotContain("<button", page.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_TextFromOutside_IsEscaped()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var created = await sandbox.PostAsync(
            "/v3/payments",
            new { amount = SandboxHarness.Amount("1.00"), description = "<script>alert('x')</script>" });

        var page = await sandbox.GetAsync($"/sandbox/pay/{created.Text("id")}");

        Assert.Contains("&lt;script&gt;", page.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RootPage_SomePayments_ListsThemWithButtonsForThePendingOnes()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/payments/open", new { status = "pending" });
        await sandbox.PutAsync("/sandbox/payments/done", new { status = "succeeded" });

        var page = await sandbox.GetAsync("/");

        Assert.Contains("<code>open</code>", page.Content, StringComparison.Ordinal);
        Assert.Contains("<code>done</code>", page.Content, StringComparison.Ordinal);
        Assert.Contains("/sandbox/pay/open/pay?back=list", page.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("/sandbox/pay/done/", page.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_NoSuchPayment_Answer404()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var shown = await sandbox.GetAsync("/sandbox/pay/p1");
        var pressed = await sandbox.PostAsync("/sandbox/pay/p1/pay", body: null);

        Assert.Equal(HttpStatusCode.NotFound, shown.Status);
        Assert.Equal(HttpStatusCode.NotFound, pressed.Status);
    }
}
