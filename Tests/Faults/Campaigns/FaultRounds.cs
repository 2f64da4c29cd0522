using System.Globalization;
using CoffeePayment.Tests.Faults.Worlds;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>
/// Every fault once in a small size, or, if <c>./test --faults ROUNDS</c> asks for it, so often in a big one, strange
/// input included, which has tests of its own otherwise; the table is printed in the end. Tests take their rows from
/// here.
/// </summary>
public sealed class FaultRounds : IAsyncLifetime
{
    /// <summary>How many big rounds are wanted; set by <c>./test --faults</c>.</summary>
    private const string RoundsVariable = "COFFEE_FAULT_ROUNDS";

    /// <summary>The seed of the first round, to repeat it; without it, one that nobody has used.</summary>
    private const string SeedVariable = "COFFEE_FAULT_SEED";

    /// <summary>A part of the names of the faults that are wanted; without it, all.</summary>
    private const string NameVariable = "COFFEE_FAULT_NAME";

    private readonly Dictionary<string, TaskCompletionSource<FaultRow>> _rows =
        Names.ToDictionary(name => name, _ => new TaskCompletionSource<FaultRow>());

    private readonly List<FaultRow> _done = [];

    /// <summary>
    /// Worlds start one after the other: a dozen processes that start at once keep each other from getting ready.
    /// </summary>
    private readonly SemaphoreSlim _starting = new(1);

    private Task _running = Task.CompletedTask;

    /// <summary>The names of all faults that are wanted.</summary>
    public static IEnumerable<string> Names => Lane.All.SelectMany(lane => lane.Faults).Select(fault => fault.Name)
        .Concat(Rounds > 0 ? InputCampaign.All : [])
        .Where(name => name.Contains(Setting(NameVariable) ?? "", StringComparison.OrdinalIgnoreCase));

    /// <summary>How many big rounds; 0: a small one.</summary>
    private static int Rounds =>
        Setting(RoundsVariable) is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : 0;

    public Task InitializeAsync()
    {
        var rounds = Rounds;
        var seed = Setting(SeedVariable) is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : rounds == 0 ? 1 : (int)(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerSecond % 1_000_000_000);
        var size = rounds == 0 ? CampaignSize.Small : CampaignSize.Big;
        if (rounds > 0) Print($"{rounds} rounds from {SeedVariable}={seed}");
        _running = RunAsync(size, seed, Math.Max(1, rounds));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _running;
        _starting.Dispose();
        Print(FaultTable.Print(_done));
        Print(FaultTable.Explain(_done));
    }

    /// <summary>What became of the fault's campaigns, when they are over.</summary>
    internal Task<FaultRow> RowOf(string fault) => _rows[fault].Task;

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static void Print(string text) => Console.Out.WriteLine(text);

    private async Task RunAsync(CampaignSize size, int seed, int rounds)
    {
        await Task.WhenAll(Lane.All.Select(lane => RunAsync(lane, size, seed, rounds)));
        await KeepAsync(
            [.. InputCampaign.All.Where(_rows.ContainsKey)],
            name => RepeatAsync(round => InputCampaign.RunAsync(name, seed + round), rounds));
    }

    private async Task RunAsync(Lane lane, CampaignSize size, int seed, int rounds)
    {
        var faults = lane.Faults.Where(fault => _rows.ContainsKey(fault.Name)).ToDictionary(fault => fault.Name);
        if (faults.Count == 0) return;

        World? world = null;
        await KeepAsync(
            [.. faults.Keys],
            name => RepeatAsync(
                async round =>
                {
                    world ??= await StartAsync(lane);
                    return await Campaign.RunAsync(world, faults[name], size, seed + round);
                },
                rounds));
        if (world is not null) await world.DisposeAsync();
    }

    private async Task<World> StartAsync(Lane lane)
    {
        await _starting.WaitAsync();
        try
        {
            return await lane.StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    private static async Task<FaultRow> RepeatAsync(Func<int, Task<FaultRow>> run, int rounds)
    {
        var row = await run(0);
        for (var round = 1; round < rounds; round++) row += await run(round);
        return row;
    }

    /// <summary>
    /// Makes one row after another. After one that cannot be made the rest is not tried; their tests say so.
    /// </summary>
    private async Task KeepAsync(IReadOnlyList<string> names, Func<string, Task<FaultRow>> make)
    {
        try
        {
            foreach (var name in names)
            {
                var row = await make(name);
                lock (_done) _done.Add(row);
                _rows[name].SetResult(row);
            }
        }
        catch (Exception exception)
        {
            foreach (var name in names) _rows[name].TrySetException(exception);
        }
    }
}
