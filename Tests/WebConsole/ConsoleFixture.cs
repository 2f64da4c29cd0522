using System.Text.Json;
using CoffeePayment.Hosting.Clustering;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.WebConsole;

/// <summary>The service as users run it, with a sandbox of its own, and a browser to look at it.</summary>
public sealed class ConsoleFixture : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("coffee-console-");
    private ServiceProcess _service = null!;

    public Browser Browser { get; private set; } = null!;

    public ServiceClient Client => _service.Client;

    /// <summary>The sandbox's controls.</summary>
    public SandboxControls Sandbox { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public Uri Url => _service.Url;

    public async Task InitializeAsync()
    {
        var sandbox = $"http://127.0.0.1:{FreePort.OfLoopback()}";
        var starting = StartServiceAsync(_folder.FullName, ("SANDBOX_URL", sandbox));
        Browser = await Browser.StartAsync();
        _service = await starting;
        Sandbox = new SandboxControls(new Uri(sandbox));
        Http = new HttpClient { BaseAddress = Url };
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        Sandbox.Dispose();
        await _service.DisposeAsync();
        await Browser.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Starts a service whose orders do in seconds what takes minutes otherwise.</summary>
    public static Task<ServiceProcess> StartServiceAsync(
        string folder, params (string Name, string Value)[] settings) => ServiceProcess.StartAsync(
        [
            ("DATA_DIR", folder),
            ("LOG_FILE", Path.Combine(folder, "service.log")),
            ("FAST_TRACK_INTERVAL_S", "0.5"),
            ("LANGUAGE", "en"),
            .. settings,
        ]);

    public Task<Visit> VisitAsync(VisitOptions? options = null) => Browser.VisitAsync(Url, options);

    /// <summary>An order that waits for its payment.</summary>
    public async Task<string> PendingAsync(string name, string machine = "machine-1", string? drinkName = null)
    {
        var id = NewId(name);
        await Sandbox.PutPaymentAsync(PaymentOf(id), "pending");
        await RegisterAsync(id, machine, drinkName);
        return id;
    }

    /// <summary>An order that waits for a person: its money came too late.</summary>
    public async Task<string> WaitingAsync(string name, string machine = "machine-1", string? drinkName = null)
    {
        var id = NewId(name);
        await Sandbox.PutPaymentAsync(PaymentOf(id), "succeeded");
        await RegisterAsync(id, machine, drinkName, DateTimeOffset.UtcNow - TimeSpan.FromSeconds(301));
        await Client.WhenAsync(id, "manual_make");
        return id;
    }

    /// <summary>An order whose drink the machine has been told to make.</summary>
    public async Task<string> AtTheMachineAsync(string name)
    {
        var id = await PendingAsync(name);
        await Sandbox.PutPaymentAsync(PaymentOf(id), "succeeded");
        await Client.WhenAsync(id, "make_pending");
        return id;
    }

    public static string PaymentOf(string orderId) => $"payment-of-{orderId}";

    /// <summary>The order's status, and what is noted of how it was resolved last.</summary>
    public async Task<(string? Status, string? Note)> StatusAsync(string orderId)
    {
        var order = await Http.GetFromJsonAsync<JsonElement>($"v1/orders/{orderId}");
        var last = order.GetProperty("history").EnumerateArray().Last();
        return (order.GetProperty("status").GetString(), last.GetProperty("note").GetString());
    }

    private static string NewId(string name) => $"{name}-{Guid.NewGuid():N}"[..(name.Length + 9)];

    private async Task RegisterAsync(
        string id, string machine, string? drinkName, DateTimeOffset? paymentStartedAt = null)
    {
        using var response = await Http.PostAsJsonAsync(
            "v1/orders",
            new
            {
                id,
                payment_scenario = "Yookassa",
                payment_reference_id = PaymentOf(id),
                device_uuid = machine,
                drink_number = "7",
                drink_name = drinkName,
                size = "medium",
                price = 15_000,
                payment_started_at = paymentStartedAt,
            });
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
    }
}

/// <summary>Tests of the console, all on one service.</summary>
[CollectionDefinition(Name)]
public sealed class ConsoleCollection : ICollectionFixture<ConsoleFixture>
{
    public const string Name = "console";
}
