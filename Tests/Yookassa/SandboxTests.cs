using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Sandbox;
using CoffeePayment.Silo.Tmetr;
using CoffeePayment.Silo.Yookassa;

namespace CoffeePayment.Tests.Yookassa;

/// <summary>Both clients against the sandbox: the two sides were written from the same documents, apart.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private SandboxServer? _sandbox;
    private ServiceProvider? _services;

    private IPaymentProvider Provider => _services!.GetRequiredService<IPaymentProvider>();

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Url = "http://127.0.0.1:0" });
        _services = new ServiceCollection()
            .AddLogging()
            .AddYookassa()
            .AddTmetr()
            .Configure<YookassaOptions>(options =>
            {
                options.ApiUrl = new Uri(_sandbox.Url, "v3");
                options.Timeout = TimeSpan.FromSeconds(20);
                options.Merchants["default"] = new() { AccountId = "sandbox", SecretKey = "sandbox" };
                options.Merchants["stranger"] = new() { AccountId = "sandbox", SecretKey = "wrong" };
            })
            .Configure<TmetrOptions>(options =>
            {
                options.Url = _sandbox.Url;
                options.Token = "sandbox";
            })
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
        if (_sandbox is not null) await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task Ask_PaymentGoesItsWay_IsToldEachStep()
    {
        var unknown = await AskAsync();
        await SetAsync(new { status = "pending", amount = new { value = "150.00", currency = "RUB" } });
        var pending = await AskAsync();
        await SetAsync(new { status = "succeeded" });
        var succeeded = await AskAsync();

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.NotFound), unknown);
        Assert.Equal(new ProviderAnswer.Pending(), pending);
        Assert.Equal(new ProviderAnswer.Succeeded(new Money(15000, "RUB")), succeeded);
    }

    [Fact]
    public async Task Ask_ProviderAtFault_IsNoAnswer()
    {
        await SetAsync(new { status = "succeeded" });
        await PutAsync("sandbox/faults", new { target = "provider", error_rate = 1.0, http_status = 503 });

        var failed = await AskAsync();

        Assert.Equal(NoAnswerCause.ServerError, Assert.IsType<ProviderAnswer.NoAnswer>(failed).Cause);
    }

    [Fact]
    public async Task Ask_WrongKey_IsUnauthorized() =>
        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Unauthorized), await AskAsync("stranger"));

    [Fact]
    public async Task Make_Command_ArrivesOnce()
    {
        var machine = _services!.GetRequiredService<ICoffeeMachine>();

        var answer = await machine.MakeAsync(
            new MakeCommand("order-1", "machine-1", "7", DrinkSize.Medium, new Money(15000, "RUB")));

        using var controls = new HttpClient { BaseAddress = _sandbox!.Url };
        var makes = await controls.GetStringAsync("sandbox/makes");
        Assert.Equal(new MakeAnswer.Accepted(), answer);
        Assert.Equal(2, makes.Split("order-1").Length);
    }

    private Task<ProviderAnswer> AskAsync(string merchantId = "default") =>
        Provider.AskAsync(new PaymentInquiry("order-1", merchantId, "payment-1"), CancellationToken.None);

    private Task SetAsync(object payment) => PutAsync("sandbox/payments/payment-1", payment);

    private async Task PutAsync(string path, object body)
    {
        using var controls = new HttpClient { BaseAddress = _sandbox!.Url };
        using var response = await controls.PutAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
    }
}
