using System.Text;
using System.Text.Json;
using CoffeePayment.Tests.Api;

namespace CoffeePayment.Tests.CommandLine;

/// <summary>The import against the real API in front of a fake cluster.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const string Header =
        "id,payment_scenario,payment_reference_id,device_uuid,drink_number,drink_name,size,price,payment_started_at";

    private readonly string _folder = Directory.CreateTempSubdirectory("coffee-import-").FullName;
    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync(
        services: services => services.AddSingleton(TimeProvider.System));

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Import_Twice_RegistersEveryOrderOnce()
    {
        var file = Write("orders.csv", [Header, .. Enumerable.Range(1, 300).Select(Row)]);

        var first = await ImportAsync(file, "--json");
        var second = await ImportAsync(file, "--json");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal((300, 300, 0, 0), CountsOf(first));
        Assert.Equal((300, 0, 300, 0), CountsOf(second));
        Assert.Equal(300, _api.Cluster.Registered.Count());
    }

    [Fact]
    public async Task Import_OrdersThatAreRefused_AreReportedAndCanBeCorrectedAndImported()
    {
        var started = Row(1).Split(',')[^1];
        var file = Write(
            "orders.csv",
            [
                Header,
                Row(1),
                Row(2).Replace("medium", "huge", StringComparison.Ordinal),
                "order-3,\"never closed",
                Row(4).Replace("payment-4", "payment-1", StringComparison.Ordinal),
                Row(1).Replace("15000", "16000", StringComparison.Ordinal),
                Row(6),
            ]);
        var report = Path.Combine(_folder, "refused.csv");

        var run = await ImportAsync(file, "--report", report, "--concurrency", "1");
        var reported = await File.ReadAllTextAsync(report);
        await File.WriteAllTextAsync(report, reported.Replace("huge", "large", StringComparison.Ordinal));
        var again = await ImportAsync(report, "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                "LINE  ORDER    FIELD                 WHY",
                "   3  order-2  size                  must be one of: small, medium, large",
                "   4  -        -                     has text after a closing quote",
                "   5  order-4  payment_reference_id  pays order order-1 already",
                "   6  order-1  price                 differs from the order that is registered under this id",
            ],
            run.Lines.SkipWhile(line => !line.StartsWith("LINE", StringComparison.Ordinal)).Take(5));
        Assert.Equal(
            [
                "id,merchant_id,payment_scenario,payment_reference_id,device_uuid,drink_number,drink_name,size,price,"
                    + "currency,payment_started_at,expires_at,status,import_line,import_fields,import_error,import_raw",
                $"order-2,,Yookassa,payment-2,machine-1,7,\"Капучино, \"\"двойной\"\"\",huge,15000,,{started},,,3,size,"
                    + "\"size must be one of: small, medium, large\",",
                ",,,,,,,,,,,,,4,,has text after a closing quote,\"order-3,\"\"never closed\"",
            ],
            reported.Split('\n').Take(3));
        Assert.Equal((1, (4, 1, 0, 3)), (again.ExitCode, CountsOf(again)));
        Assert.Equal(["order-1", "order-2", "order-6"], _api.Cluster.Registered.Select(order => order.Id).Order());
    }

    [Fact]
    public async Task Import_JsonLines_TakesObjectsAndRefusesTheRestLineByLine()
    {
        var good = JsonOf(1);
        var file = Write(
            "orders.jsonl",
            [
                good, "", "{\"id\": ", "[1]", "{\"id\":\"x\",\"id\":\"y\"}", JsonOf(2).Replace("\"7\"", "7"),
                good.Replace("order-1", "order-\\ud800"),
            ]);
        var report = Path.Combine(_folder, "refused.jsonl");

        var run = await ImportAsync(file, "--json", "--report", report);

        Assert.Equal((1, (6, 2, 0, 4)), (run.ExitCode, CountsOf(run)));
        var refusals = JsonDocument.Parse(run.Output).RootElement.GetProperty("refusals").EnumerateArray().ToList();
        Assert.Equal([3, 4, 5, 7], refusals.Select(refusal => refusal.GetProperty("line").GetInt32()));
        Assert.Equal("is no JSON", WhyOf(refusals[0]));
        Assert.Equal("is no JSON object", WhyOf(refusals[1]));
        Assert.Equal("occurs more than once", WhyOf(refusals[2]));
        Assert.Equal("has a text that is no valid Unicode", WhyOf(refusals[3]));
        Assert.Equal(4, (await File.ReadAllLinesAsync(report)).Length);
        Assert.Equal("7", _api.Cluster.Order("order-2").State!.Registration.DrinkNumber);
    }

    [Fact]
    public async Task Import_DryRun_SendsNothing()
    {
        var file = Write("orders.csv", [Header, Row(1), Row(2).Replace("15000", "free", StringComparison.Ordinal)]);

        var run = await CommandRun.OfAsync("import", file, "--dry-run", "--url", "http://127.0.0.1:1");

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Equal(["  would be sent         1", "  refused               1"], run.Lines.Skip(1).Take(2));
        Assert.Empty(_api.Cluster.Registered);
    }

    [Fact]
    public async Task Import_Utf8WithAMarkAndSemicolons_IsRead()
    {
        var text = $"{Header}\n{Row(1)}\n".Replace(", ", "~").Replace(',', ';').Replace("~", "; ");
        var file = Path.Combine(_folder, "orders.csv");
        await File.WriteAllTextAsync(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        var run = await ImportAsync(file);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Капучино; \"двойной\"", _api.Cluster.Order("order-1").State!.Registration.DrinkName);
    }

    [Theory]
    [InlineData("", "The file does not begin with a line that names its columns.")]
    [InlineData("id,order_id,price\n", "More than one column is: id.")]
    [InlineData(
        "id,price\n",
        "No column is: payment_scenario, payment_reference_id, device_uuid, drink_number, size, payment_started_at. If "
            + "one has another name, say --map NAME=payment_scenario.")]
    public async Task Import_HeaderThatCannotWork_EndsWith2(string text, string error)
    {
        var file = Write("orders.csv", [text]);

        var run = await ImportAsync(file);

        Assert.Equal((2, "", error + "\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Import_FileThatIsNotThereOrIsItsOwnReport_EndsWith2()
    {
        var file = Write("orders.csv", [Header]);

        var missing = await ImportAsync("/nowhere/orders.csv");
        var own = await ImportAsync(file, "--report", file);

        Assert.Equal((2, 2), (missing.ExitCode, own.ExitCode));
        Assert.Equal([Header], await File.ReadAllLinesAsync(file));
    }

    [Fact]
    public async Task Import_ServiceAsksToWait_WaitsAndLosesNothing()
    {
        var asked = 0;
        await using var busy = await OtherServer.StartAsync(context =>
        {
            var number = Interlocked.Increment(ref asked);
            context.Response.StatusCode = number switch { 1 => 429, 2 => 503, _ => 201 };
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        var file = Write("orders.csv", [Header, Row(1)]);

        var run = await CommandRun.OfAsync("import", file, "--json", "--url", busy.Url);

        Assert.Equal((0, (1, 1, 0, 0), 3), (run.ExitCode, CountsOf(run), asked));
    }

    [Fact]
    public async Task Import_KeyIsNotTaken_StopsAtOnce()
    {
        var asked = 0;
        await using var closed = await OtherServer.StartAsync(context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });
        var file = Write("orders.csv", [Header, .. Enumerable.Range(1, 100).Select(Row)]);

        var run = await CommandRun.OfAsync("import", file, "--concurrency", "1", "--url", closed.Url);

        Assert.Equal((4, 1), (run.ExitCode, asked));
        Assert.Contains("run the same again", run.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> ImportAsync(string file, params string[] options) =>
        CommandRun.OfAsync(["import", file, "--url", _api.Http.BaseAddress!.ToString(), .. options]);

    private string Write(string name, IEnumerable<string> lines)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllLines(file, lines);
        return file;
    }

    // The fake cluster's time begins at noon; the import reads with the real clock, so the payment began now.
    private static string Row(int number) =>
        $"order-{number},Yookassa,payment-{number},machine-1,7,\"Капучино, \"\"двойной\"\"\",medium,15000,{StartedAt}";

    private static readonly string StartedAt = $"{DateTimeOffset.UtcNow.AddMinutes(-1):yyyy-MM-ddTHH:mm:sszzz}";

    private static string JsonOf(int number) =>
        $$"""
        {"id":"order-{{number}}","payment_scenario":"Yookassa","payment_reference_id":"payment-{{number}}",
        "device_uuid":"machine-1","drink_number":"7","size":"medium","price":15000,"payment_started_at":"{{StartedAt}}"}
        """.ReplaceLineEndings("");

    private static (int Read, int Registered, int Existed, int Refused) CountsOf(CommandRun run)
    {
        var summary = JsonDocument.Parse(run.Output).RootElement;
        return (Count("read"), Count("registered"), Count("existed"), Count("refused"));

        int Count(string name) => summary.GetProperty(name).GetInt32();
    }

    private static string? WhyOf(JsonElement refusal) =>
        refusal.GetProperty("errors")[0].GetProperty("why").GetString();
}
