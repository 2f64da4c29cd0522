using System.Net;
using System.Text.Json;

namespace CoffeePayment.Tests.Sandbox;

public sealed class MachineTests
{
    [Fact]
    public async Task Make_RightCommand_IsAcceptedAndRecorded()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        var makes = await sandbox.GetAsync("/sandbox/makes");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """
            {"received_at":"2026-03-01T12:00:00.000Z","device_id":"device-1","order_uuid":"o-1","drink_uuid":"7",
            "size":"small","price":15000,"answered":"accepted","http_status":200}
            """.ReplaceLineEndings(""),
            Assert.Single(makes.Items).GetRawText());
    }

    [Fact]
    public async Task Makes_Several_AreInTheOrderReceivedWhateverWasAnswered()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        await sandbox.PutAsync("/sandbox/faults", new { target = "machine", error_rate = 1, http_status = 409 });
        var refused = await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-2") });
        await sandbox.DeleteAsync("/sandbox/faults");
        await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        var makes = await sandbox.GetAsync("/sandbox/makes");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(["o-1 accepted 200", "o-2 error 409", "o-1 accepted 200"], Makes(makes));
    }

    [Fact]
    public async Task Make_HangingMachine_IsRecordedAsHung()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync("/sandbox/faults", new { target = "machine", hang_rate = 1 });

        var making = sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        var makes = await MakesAsync(sandbox);
        sandbox.Http.CancelPendingRequests();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => making);
        Assert.Equal(["o-1 hung null"], makes);
    }

    [Fact]
    public async Task Make_SlowMachine_IsRecordedBeforeItAnswers()
    {
        await using var sandbox = await SandboxHarness.StartAsync(o => o.MachineLatency = TimeSpan.FromSeconds(2));
        var armed = sandbox.Clock.WhenTimerArmedAsync(TimeSpan.FromSeconds(2));

        var making = sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") });
        await armed;
        var during = await sandbox.GetAsync("/sandbox/makes");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(2));
        await making;
        var after = await sandbox.GetAsync("/sandbox/makes");

        Assert.Equal(["o-1 hung null"], Makes(during));
        Assert.Equal(["o-1 accepted 200"], Makes(after));
    }

    [Fact]
    public async Task Faults_OfOneDevice_LeaveTheOthersAlone()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        await sandbox.PutAsync(
            "/sandbox/faults", new { target = "machine", device_id = "broken", error_rate = 1, http_status = 400 });

        var broken = await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1", "broken") });
        var sound = await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-2", "sound") });
        var faults = await sandbox.GetAsync("/sandbox/faults");

        Assert.Equal(HttpStatusCode.BadRequest, broken.Status);
        Assert.Equal(HttpStatusCode.OK, sound.Status);
        Assert.Equal(1, faults.At("devices.broken.error_rate").GetDouble());
        Assert.Equal(0, faults.At("machine.error_rate").GetDouble());
    }

    [Fact]
    public async Task Make_WrongToken_Answers401AndRecordsNothing()
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") }, token: "wrong");
        var makes = await sandbox.GetAsync("/sandbox/makes");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Empty(makes.Items);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Moscow")]
    [InlineData("15")]
    [InlineData("3.5")]
    public async Task Make_NoUsableOffset_Answers400(string? offset)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.MakeAsync(new[] { SandboxHarness.Make("o-1") }, offset: offset);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["TimeZoneOffset"], answer.WrongFields);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("[{},{}]")]
    [InlineData("null")]
    public async Task Make_NoListOfOne_Answers400(string body)
    {
        await using var sandbox = await SandboxHarness.StartAsync();

        var answer = await sandbox.MakeAsync(JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Make_WrongFields_Answers400WithTheirNames()
    {
        await using var sandbox = await SandboxHarness.StartAsync();
        var command = new { deviceId = 1, drinkUuid = "", size = "big", price = 1.5 };

        var answer = await sandbox.MakeAsync(new[] { command });
        var makes = await sandbox.GetAsync("/sandbox/makes");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(["deviceId", "drinkUuid", "orderUuid", "price", "size"], answer.WrongFields);
        Assert.Empty(makes.Items);
    }

    [Fact]
    public async Task Makes_Thousands_AreAllKept()
    {
        const int Commands = 1_234;
        await using var sandbox = await SandboxHarness.StartAsync();

        for (var i = 0; i < Commands; i++)
            await sandbox.MakeAsync(new[] { SandboxHarness.Make($"o-{i}") });
        var makes = await sandbox.GetAsync("/sandbox/makes");

        Assert.Equal(
            Enumerable.Range(0, Commands).Select(i => $"o-{i}"),
            makes.Items.Select(item => item.GetProperty("order_uuid").GetString()));
    }

    /// <summary>The command is under way on another connection: ask until it has been recorded.</summary>
    private static async Task<IReadOnlyList<string>> MakesAsync(SandboxHarness sandbox)
    {
        while (true)
        {
            var makes = await sandbox.GetAsync("/sandbox/makes");
            if (makes.Items.Count > 0)
                return Makes(makes);
        }
    }

    private static IReadOnlyList<string> Makes(Answer answer) =>
    [
        .. answer.Items.Select(item => string.Join(
            ' ',
            item.GetProperty("order_uuid").GetString(),
            item.GetProperty("answered").GetString(),
            item.GetProperty("http_status").GetRawText())),
    ];
}
