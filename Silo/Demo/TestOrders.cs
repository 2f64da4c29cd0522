using System.Text.Json.Nodes;
using CoffeePayment.Api;
using CoffeePayment.Grains;
using CoffeePayment.Orders;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Demo;

/// <summary>Arranges test orders at the sandbox of this process, through its controls.</summary>
internal sealed class TestOrders(Uri sandbox, IOptions<PaymentOptions> options, TimeProvider time)
    : ITestOrders, IDisposable
{
    private const string GoodMachine = "test-machine";
    private const string RefusingMachine = "test-machine-that-refuses";
    private const string SilentMachine = "test-machine-that-is-silent";
    private const int Price = 15_000;

    /// <summary>How long customers take to pay, or banks to refuse.</summary>
    private const double HesitationSeconds = 4;

    /// <summary>How long an order that nobody pays lives.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _controls = new() { BaseAddress = sandbox, Timeout = TimeSpan.FromSeconds(5) };

    public Uri SandboxUrl => sandbox;

    public async Task<OrderRegistration> PrepareAsync(
        string orderId, TestOrderEnding ending, CancellationToken cancellationToken)
    {
        var machine = ending switch
        {
            TestOrderEnding.MachineRefuses => RefusingMachine,
            TestOrderEnding.MachineSilent => SilentMachine,
            _ => GoodMachine,
        };
        if (ending == TestOrderEnding.MachineRefuses)
            await SpoilAsync(machine, "error_rate", cancellationToken);
        if (ending == TestOrderEnding.MachineSilent)
            await SpoilAsync(machine, "hang_rate", cancellationToken);

        var payment = $"payment-of-{orderId}";
        await PutAsync($"sandbox/payments/{payment}", Pending(), cancellationToken);
        if (ScriptOf(ending) is { } script)
            await PutAsync($"sandbox/payments/{payment}", script, cancellationToken);

        return new OrderRegistration
        {
            Id = orderId,
            MerchantId = "default",
            PaymentScenario = PaymentScenario.Yookassa,
            PaymentReferenceId = payment,
            DeviceUuid = machine,
            DrinkNumber = "7",
            DrinkName = "Cappuccino",
            Size = DrinkSize.Medium,
            Price = new Money(Price, "RUB"),
            PaymentStartedAt = StartedAt(ending),
            ExpiresAt = ending == TestOrderEnding.Unpaid ? time.GetUtcNow() + Patience : null,
        };
    }

    public void Dispose() => _controls.Dispose();

    private static JsonObject? ScriptOf(TestOrderEnding ending) => ending switch
    {
        TestOrderEnding.Paid or TestOrderEnding.MachineRefuses or TestOrderEnding.MachineSilent => After("succeeded"),
        TestOrderEnding.PaidLate => new JsonObject { ["status"] = "succeeded" },
        TestOrderEnding.WrongAmount => With(After("succeeded"), "amount", DemoClient.Amount(Price - 1_000)),
        TestOrderEnding.Canceled => With(After("canceled"), "reason", "insufficient_funds"),
        TestOrderEnding.Held => After("waiting_for_capture"),
        TestOrderEnding.Unanswered => new JsonObject { ["http_status"] = 500 },
        _ => null,
    };

    private static JsonObject Pending() => new()
    {
        ["status"] = "pending",
        ["amount"] = DemoClient.Amount(Price),
    };

    private static JsonObject After(string status) => new()
    {
        ["status"] = status,
        ["after_s"] = HesitationSeconds,
    };

    private static JsonObject With(JsonObject script, string name, JsonNode value)
    {
        script[name] = value;
        return script;
    }

    /// <summary>When the customer was sent to the payment page; null for now.</summary>
    private DateTimeOffset? StartedAt(TestOrderEnding ending) => ending == TestOrderEnding.PaidLate
        ? time.GetUtcNow() - options.Value.FastTrackLimit - TimeSpan.FromSeconds(1)
        : null;

    private Task SpoilAsync(string machine, string rate, CancellationToken stop) => PutAsync(
        "sandbox/faults",
        new() { ["target"] = "machine", ["device_id"] = machine, [rate] = 1, ["http_status"] = 409 },
        stop);

    private async Task PutAsync(string path, JsonObject body, CancellationToken stop)
    {
        using var response = await _controls.PutAsJsonAsync(path, body, stop);
        response.EnsureSuccessStatusCode();
    }
}
