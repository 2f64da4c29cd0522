using System.Globalization;

namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>
/// Every fault once in a small size, or, if <c>./test --faults ROUNDS</c> asks for it, so often in a big one; the table
/// is printed in the end. Tests take their rows from here.
/// </summary>
public sealed class FaultRounds : IAsyncLifetime
{
    /// <summary>How many big rounds are wanted; set by <c>./test --faults</c>.</summary>
    private const string RoundsVariable = "COFFEE_FAULT_ROUNDS";

    /// <summary>The seed of the first round, to repeat it; without it, one that nobody has used.</summary>
    private const string SeedVariable = "COFFEE_FAULT_SEED";

    /// <summary>A part of the names of the faults that are wanted; without it, all.</summary>
    private const string NameVariable = "COFFEE_FAULT_NAME";

    private readonly Dictionary<string, TaskCompletionSource<FaultRow>> _rows = Lane.All
        .SelectMany(lane => lane.Faults)
        .ToDictionary(fault => fault.Name, _ => new TaskCompletionSource<FaultRow>());

    private readonly List<FaultRow> _done = [];
    private Task _running = Task.CompletedTask;

    /// <summary>The names of all faults that are wanted.</summary>
    public static IEnumerable<string> Names => Lane.All.SelectMany(lane => lane.Faults).Select(fault => fault.Name)
        .Where(name => name.Contains(Setting(NameVariable) ?? "", StringComparison.OrdinalIgnoreCase));

    public Task InitializeAsync()
    {
        var rounds = Setting(RoundsVariable) is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : 0;
        var seed = Setting(SeedVariable) is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : rounds == 0 ? 1 : (int)(TimeProvider.System.GetUtcNow().Ticks / TimeSpan.TicksPerSecond % 1_000_000_000);
        var size = rounds == 0 ? CampaignSize.Small : CampaignSize.Big;
        if (rounds > 0) Print($"{rounds} rounds from {SeedVariable}={seed}");
        _running = Task.WhenAll(Lane.All.Select(lane => RunAsync(lane, size, seed, Math.Max(1, rounds))));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _running;
        Print(FaultTable.Print(_done));
        Print(FaultTable.Explain(_done));
    }

    /// <summary>What became of the fault's campaigns, when they are over.</summary>
    internal Task<FaultRow> RowOf(string fault) => _rows[fault].Task;

    private static string? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static void Print(string text) => Console.Out.WriteLine(text);

    private async Task RunAsync(Lane lane, CampaignSize size, int seed, int rounds)
    {
        var wanted = lane.Faults.Where(fault => Names.Contains(fault.Name)).ToList();
        if (wanted.Count == 0) return;

        try
        {
            await using var world = await lane.StartAsync();
            foreach (var fault in wanted)
            {
                var row = await Campaign.RunAsync(world, fault, size, seed);
                for (var round = 1; round < rounds; round++)
                    row += await Campaign.RunAsync(world, fault, size, seed + round);

                lock (_done) _done.Add(row);
                _rows[fault.Name].SetResult(row);
            }
        }
        catch (Exception exception)
        {
            // Their tests say so.
            foreach (var fault in lane.Faults) _rows[fault.Name].TrySetException(exception);
        }
    }
}
