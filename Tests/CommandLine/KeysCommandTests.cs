using System.Text.Json;
using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Tests.CommandLine;

public sealed class KeysCommandTests
{
    [Fact]
    public async Task New_EveryTime_IsAnotherKeyAndItsEntryStandsForIt()
    {
        var first = await NewAsync();
        var second = await NewAsync();

        var key = first.GetProperty("key").GetString()!;
        Assert.NotEqual(key, second.GetProperty("key").GetString());
        Assert.Equal(ApiKey.FromKey("barista", key).Entry, first.GetProperty("entry").GetString());
    }

    [Fact]
    public async Task New_ForPeople_ShowsKeyAndEntry()
    {
        var run = await CommandRun.OfAsync("keys", "new", "shop-1");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var key = run.Lines[0].Split(' ')[^1];
        Assert.Equal($"entry  {ApiKey.FromKey("shop-1", key).Entry}", run.Lines[1]);
    }

    [Fact]
    public async Task New_NameThatIsNone_EndsWith2()
    {
        var run = await CommandRun.OfAsync("keys", "new", "a b");

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
    }

    private static async Task<JsonElement> NewAsync()
    {
        var run = await CommandRun.OfAsync("keys", "new", "barista", "--json");
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
