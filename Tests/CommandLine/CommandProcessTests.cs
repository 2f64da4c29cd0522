using System.Runtime.Versioning;
using System.Text.Json;
using CoffeePayment.Hosting.Access;
using CoffeePayment.Tests.Processes;

namespace CoffeePayment.Tests.CommandLine;

/// <summary>Commands as processes of their own against a service that is one too.</summary>
public sealed class CommandProcessTests() : ServiceOnASandbox("commands")
{
    private const int Orders = 4000;

    private readonly string _work = Directory.CreateTempSubdirectory("coffee-command-").FullName;

    [Fact]
    public async Task Import_KilledAndInterruptedAndRepeated_RegistersEveryOrderOnce()
    {
        await using var service = await StartAsync();
        var file = WriteOrders();

        // Each waits for the service to have begun with it, and none is left to end by itself.
        using (var killed = Import(service, file))
        {
            await PendingAsync(service, atLeast: 100);
            killed.Kill();
        }

        var before = await PendingAsync(service, atLeast: 0);
        var interrupted = Import(service, file);
        await PendingAsync(service, before + 100);
        interrupted.Interrupt();
        var stopped = await interrupted.EndAsync();
        interrupted.Dispose();
        var completed = await CommandProcess.RunAsync(_work, Arguments(service, file, rate: null));
        var again = await CommandProcess.RunAsync(_work, Arguments(service, file, rate: null));

        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("run the same again", stopped.Error, StringComparison.Ordinal);
        Assert.Equal((1, 1), (completed.ExitCode, again.ExitCode));
        var (first, second) = (Summary(completed), Summary(again));
        Assert.Equal(Orders, Count(first, "registered") + Count(first, "existed"));
        Assert.Equal((Orders + 2, 0, Orders, 2), (
            Count(second, "read"), Count(second, "registered"), Count(second, "existed"), Count(second, "refused")));
        Assert.Equal(Orders, await PendingAsync(service, atLeast: 0));
    }

    [Fact]
    public async Task Commands_OfAnOperatorWhoIsAskedForADrink_ShowWhyAndResolve()
    {
        await using var service = await StartAsync(("API_KEYS", ApiKey.FromKey("barista", "the-key").Entry));
        await Controls.PutPaymentAsync("payment-1", "succeeded");
        var url = service.Url.ToString();
        var file = Path.Combine(_work, "late.csv");
        await File.WriteAllLinesAsync(file, [Header, Row(1, TimeSpan.FromMinutes(10))]);
        (string, string)[] key = [("COFFEE_API_KEY", "the-key")];

        var unknown = await CommandProcess.RunAsync(_work, ["order", "order-1", "--url", url]);
        var imported = await CommandProcess.RunAsync(_work, ["import", file, "--url", url], key);
        var found = await CommandProcess.RunAsync(_work, ["check", "order-1", "--url", url], key);
        var resolved = await CommandProcess.RunAsync(
            _work, ["resolve", "order-1", "refunded", "--note", "receipt 7", "--url", url], key);
        var swept = await CommandProcess.RunAsync(_work, ["sweep", "--url", url], key);
        var registered = await CommandProcess.RunAsync(_work, ["inspect", "registered", "--url", url], key);

        Assert.Equal((4, ""), (unknown.ExitCode, unknown.Output));
        Assert.Equal((0, 0, 0), (imported.ExitCode, found.ExitCode, resolved.ExitCode));
        Assert.Equal("order-1 is manual_make (paid_late)", found.Lines[0]);
        Assert.Equal("order-1 is refunded", resolved.Lines[0]);
        Assert.Contains(
            resolved.Lines, line => line.EndsWith("  barista  refunded: receipt 7", StringComparison.Ordinal));
        Assert.Equal((0, 0), (swept.ExitCode, registered.ExitCode));
        Assert.Contains(registered.Lines, line => line.StartsWith("sweep", StringComparison.Ordinal)
            && line.EndsWith("yes", StringComparison.Ordinal));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Config_ShowsSourcesMasksSecretsAndWritesNothing()
    {
        var secret = Path.Combine(_work, "yookassa");
        await File.WriteAllTextAsync(secret, "top-secret");

        // A secret that others can read would be warned of.
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Path.Combine(_work, "appsettings.json"), """{"LANGUAGE": "en"}""");

        var run = await CommandProcess.RunAsync(
            _work,
            ["config", "--json", "--FAST_TRACK_INTERVAL_S=3"],
            ("YOOKASSA_ACCOUNT_ID", "1"), ("YOOKASSA_SECRET_KEY_FILE", secret), ("TMETR_HOST", "t"),
            ("TMETR_TOKEN", "top-secret"), ("Merchants__shop__Yookassa__AccountId", "2"),
            ("Merchants__shop__Yookassa__SecretKey", "top-secret"));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain("top-secret", run.Output, StringComparison.Ordinal);
        var settings = JsonDocument.Parse(run.Output).RootElement.GetProperty("settings").EnumerateArray().ToDictionary(
            setting => setting.GetProperty("name").GetString()!,
            setting => $"{setting.GetProperty("value")} from {setting.GetProperty("source")}");
        Assert.Equal("3 from command line", settings["FAST_TRACK_INTERVAL_S"]);
        Assert.Equal("en from appsettings.json", settings["LANGUAGE"]);
        Assert.Equal("10 from default", settings["PAYMENT_CHECK_INTERVAL_S"]);
        Assert.Equal("*** from environment", settings["TMETR_TOKEN"]);
        Assert.Equal($"*** from {secret} (environment)", settings["YOOKASSA_SECRET_KEY"]);
        Assert.Equal("*** from environment", settings["Merchants:shop:Yookassa:SecretKey"]);
        Assert.Equal(
            ["appsettings.json", "yookassa"], Directory.GetFileSystemEntries(_work).Select(Path.GetFileName).Order());
    }

    private const string Header =
        "id,payment_scenario,payment_reference_id,device_uuid,drink_number,size,price,payment_started_at";

    private static string Row(int number, TimeSpan age) =>
        $"order-{number},Yookassa,payment-{number},machine-1,7,medium,15000,{DateTimeOffset.UtcNow - age:O}";

    private string WriteOrders()
    {
        var file = Path.Combine(_work, "orders.csv");
        var orders = Enumerable.Range(1, Orders).Select(number => Row(number, TimeSpan.Zero));
        File.WriteAllLines(file, [Header, .. orders, "not,an,order", Row(0, TimeSpan.FromDays(31))]);
        return file;
    }

    // Slow enough to be stopped in the middle.
    private CommandProcess Import(ServiceProcess service, string file) =>
        CommandProcess.Start(_work, Arguments(service, file, rate: "400"));

    private static string[] Arguments(ServiceProcess service, string file, string? rate) =>
        ["import", file, "--json", "--url", service.Url.ToString(), .. rate is null ? [] : new[] { "--rate", rate }];

    private static async Task<long> PendingAsync(ServiceProcess service, long atLeast)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var stats = await service.Client.StatsAsync();
            var orders = stats.GetProperty("orders_by_status").EnumerateObject().Sum(status => status.Value.GetInt64());
            if (orders >= atLeast) return orders;

            await timer.WaitForNextTickAsync();
        }
    }

    private static JsonElement Summary(CommandRun run) => JsonDocument.Parse(run.Output).RootElement;

    private static long Count(JsonElement summary, string name) => summary.GetProperty(name).GetInt64();
}
