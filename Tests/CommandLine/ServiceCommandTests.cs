using System.Text.Json;
using CoffeePayment.Orders;
using CoffeePayment.Statistics;
using CoffeePayment.Tests.Api;

namespace CoffeePayment.Tests.CommandLine;

/// <summary>The commands that talk to a service, against the real API in front of a fake cluster.</summary>
public sealed class ServiceCommandTests : IAsyncLifetime
{
    private ApiHarness _api = null!;

    public async Task InitializeAsync() => _api = await ApiHarness.StartAsync(
        services: services => services.AddHealthChecks().AddCheck("storage", () => _storage, ["ready"]));

    public async Task DisposeAsync() => await _api.DisposeAsync();

    private Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult _storage =
        Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Healthy("it answers");

    [Fact]
    public async Task Order_PaidLate_SaysWhyThereIsNoDrinkAndWhatToDo()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with
        {
            Status = OrderStatus.ManualMake,
            StatusReason = "paid_late",
            DueAt = null,
        });

        var run = await RunAsync("order", "order-1");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("order-1 is manual_make (paid_late)", run.Lines[0]);
        Assert.Equal(
            "The money is there and a person must decide: paid too late to make it unasked.", run.Lines[1]);
        Assert.Equal("What to do: resolve order-1 made, refunded or dismissed.", run.Lines[2]);
        Assert.Contains("  price          150.00 RUB", run.Lines);
        Assert.Contains("  machine        machine-1, drink 7 (Капучино), large", run.Lines);
        Assert.Contains(run.Lines, line => line.Contains("  registered      1  pending", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Order_WithControlCharactersFromOutside_PrintsNoneOfThem()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with { StatusReason = "red\u001b[31m\nalert" });

        var run = await RunAsync("order", "order-1");

        Assert.Equal("order-1 is pending (red [31m alert)", run.Lines[0]);
        Assert.DoesNotContain(run.Output, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public async Task Order_Unknown_EndsWith1AndOneLine()
    {
        var run = await RunAsync("order", "order-9");

        Assert.Equal((1, "", "There is no order with this id.\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public async Task Order_UnknownAsJson_PrintsTheProblemToo()
    {
        var run = await RunAsync("order", "order-9", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(404, JsonDocument.Parse(run.Output).RootElement.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Check_AsksTheProviderAndShowsTheOrder()
    {
        _api.Cluster.Add("order-1");

        var run = await RunAsync("check", "order-1", "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, JsonDocument.Parse(run.Output).RootElement.GetProperty("check_attempts").GetInt32());
        Assert.Equal([TimeSpan.Zero], _api.Cluster.Order("order-1").Checks);
    }

    [Fact]
    public async Task Resolve_OrderThatWaits_IsWrittenWithItsNote()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Order("order-1").Change(order => order with { Status = OrderStatus.MakeFailed, DueAt = null });

        var run = await RunAsync("resolve", "order-1", "refunded", "--note", "Receipt 77, \"cash\"");

        var order = _api.Cluster.Order("order-1").State!;
        Assert.Equal((0, OrderStatus.Refunded), (run.ExitCode, order.Status));
        Assert.Equal("Receipt 77, \"cash\"", order.History[^1].Note);
        Assert.Equal("order-1 is refunded", run.Lines[0]);
    }

    [Fact]
    public async Task Resolve_AgainstTheRules_EndsWith1AndSaysWhy()
    {
        _api.Cluster.Add("order-1");

        var run = await RunAsync("resolve", "order-1", "made");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("pending", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resolve_ServiceCannot_SaysThatItMayHaveBeenDone()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Failure = new TimeoutException();

        var run = await RunAsync("resolve", "order-1", "made");

        Assert.Equal(5, run.ExitCode);
        Assert.EndsWith("Look at 'order order-1' before you try again: it may have been done.\n", run.Error);
    }

    [Fact]
    public async Task Orders_MoreThanAPage_SaysHowToGoOn()
    {
        for (var i = 1; i <= 3; i++)
        {
            _api.Cluster.Add($"order-{i}");
            _api.Cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var first = await RunAsync("orders", "--status", "pending", "--limit", "2");
        var cursor = first.Lines[^1].Split(' ')[^1];
        var second = await RunAsync("orders", "--status", "pending", "--limit", "2", "--cursor", cursor);

        Assert.Equal(["ORDER", "order-3", "order-2", "There"], first.Lines.Select(FirstWord));
        Assert.Equal(["ORDER", "order-1"], second.Lines.Select(FirstWord));
    }

    [Fact]
    public async Task Attention_ListsWhatWaitsForAPerson()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Add("order-2");
        _api.Cluster.Order("order-2").Change(order => order with { Status = OrderStatus.MakeFailed, DueAt = null });

        var run = await RunAsync("attention");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["ORDER", "order-2"], run.Lines.Select(FirstWord));
    }

    [Theory]
    [InlineData("order-1")]
    [InlineData("payment-of-order-1")]
    [InlineData("machine-1")]
    public async Task Find_ByAnyOfItsIds_ShowsTheOrder(string text)
    {
        _api.Cluster.Add("order-1");

        var run = await RunAsync("find", text);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["ORDER", "order-1"], run.Lines.Select(FirstWord));
    }

    [Fact]
    public async Task InspectScheduled_ShowsTheNextChecksSoonestFirst()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Time.Advance(TimeSpan.FromSeconds(2));
        _api.Cluster.Add("order-2");

        var run = await RunAsync("inspect", "scheduled");

        Assert.Equal(["ORDER", "order-1", "order-2", "2"], run.Lines.Select(FirstWord));
        Assert.EndsWith("  3 s", run.Lines[1]);
    }

    [Fact]
    public async Task InspectReserved_LeavesOutWhatIsBeingChecked()
    {
        _api.Cluster.Add("order-1");
        _api.Cluster.Add("order-2");
        _api.Cluster.Time.Advance(TimeSpan.FromSeconds(6.5));
        _api.Cluster.Service.Figures = [FiguresWith("order-2")];

        var run = await RunAsync("inspect", "reserved");

        Assert.Equal(["ORDER", "order-1", "1", "2"], run.Lines.Select(FirstWord));
        Assert.EndsWith("  1.5 s", run.Lines[1]);
        Assert.Equal("1 more are being checked: inspect active shows them.", run.Lines[2]);
    }

    [Fact]
    public async Task InspectActive_NamesTheChecksOfEachSilo()
    {
        _api.Cluster.Service.Figures = [FiguresWith("order-1")];

        var run = await RunAsync("inspect", "active");

        Assert.StartsWith("silo-1: 1 checks under way at ", run.Lines[0]);
        Assert.StartsWith("  order-1  default   ", run.Lines[2]);
        Assert.Equal("1 checks under way in 1 silos.", run.Lines[3]);
    }

    [Theory]
    [InlineData(
        "inspect registered", "sweep       reminder   -     every 10 s: restarts orders whose check is overdue")]
    [InlineData("inspect stats", "pending            1")]
    [InlineData(
        "sweep",
        "Swept in 12.5 ms: 7 orders to be looked at, 3 overdue, 2 restarted, 1 index entries repaired, 4 out of reach, "
            + "5 deleted past their retention.")]
    [InlineData("ping", "storage  healthy")]
    public async Task Command_OfTheService_PrintsWhatItAnswers(string arguments, string line)
    {
        _api.Cluster.Add("order-1");

        var run = await RunAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Lines, printed => printed.StartsWith(line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inspect active", "under_way")]
    [InlineData("inspect scheduled", "items")]
    [InlineData("inspect reserved", "items")]
    [InlineData("inspect registered", "jobs")]
    [InlineData("inspect stats", "orders_by_status")]
    [InlineData("orders --status paid", "items")]
    [InlineData("sweep", "overdue")]
    [InlineData("ping", "checks")]
    public async Task Command_AsJson_PrintsOneDocument(string arguments, string property)
    {
        var run = await RunAsync([.. arguments.Split(' '), "--json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.True(JsonDocument.Parse(run.Output).RootElement.TryGetProperty(property, out _));
    }

    [Fact]
    public async Task Ping_ServiceIsNotReady_EndsWith5AndSaysWhy()
    {
        _storage = Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy("the disk is full");

        var run = await RunAsync("ping");

        Assert.Equal((5, ""), (run.ExitCode, run.Error));
        Assert.Contains(run.Lines, line => line.EndsWith("the disk is full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Command_KeyFileThatIsNotThere_EndsWith2()
    {
        var run = await RunAsync("ping", "--key-file", "/nowhere/key");

        Assert.Equal(
            (2, "--key-file is '/nowhere/key': it must be a file with an API key in it.\n"), (run.ExitCode, run.Error));
    }

    private Task<CommandRun> RunAsync(params string[] arguments) =>
        CommandRun.OfAsync([.. arguments, "--url", _api.Http.BaseAddress!.ToString()]);

    private SiloFigures FiguresWith(string orderId) => new()
    {
        Silo = "silo-1",
        At = _api.Cluster.Time.GetUtcNow(),
        StartedAt = _api.Cluster.Time.GetUtcNow(),
        OrdersByTrack = [],
        Checks = 0,
        ChecksPerSecond = 0,
        LatenessP50Ms = 0,
        LatenessP99Ms = 0,
        Providers = [],
        ChecksUnderWay = 1,
        LongestChecks = [new ActiveCheck(orderId, "default", _api.Cluster.Time.GetUtcNow().AddMilliseconds(-51))],
    };

    private static string FirstWord(string line) => line.Split(' ')[0];
}
