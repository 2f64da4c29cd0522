using System.Globalization;

namespace CoffeePayment.Bench.Options;

/// <summary>Reads the command line of <c>./bench</c>.</summary>
internal static class OptionsReader
{
    public const string Usage = """
        usage: ./bench [options]        measures, prints one table, and writes the same as JSON
          --only GROUP,...       checks, highest, orders, sweep, orphans, http: only these rows (default: all)
          --storage NAME         redis, sqlite or both (default: both)
          --silos N              1 or 2 silos hold the orders; 2 on Redis only (default: 1)
          --orders N             pending orders where the cost of a check is measured (default: 20000)
          --rate N               checks a second at which the search for the highest rate begins (default: 4000)
          --seconds N            how long checks are watched where their cost is measured (default: 10)
          --repeats N            how often that, and registering orders, is repeated (default: 2)
          --latency-ms N         how long every answer of the provider takes (default: 50)
          --step-seconds N       how long each step on the way to the highest rate is watched (default: 6)
          --idle-orders N        orders that wait where memory is measured (default: 100000)
          --indexed-orders N     pending orders where a sweep finds nothing (default: 1000000)
          --orphans N            orders that the killed silo leaves (default: 10000)
          --http-rate N          registrations a second through HTTP (default: 1000)
          --http-seconds N       for how long, after half of that to warm up (default: 8)
          --json PATH            where the figures go as JSON (default: artifacts/bench.json)
          --sync                 Redis syncs every write to the disk of the folder for temporary files (TMPDIR)
          --quick                everything small, in less than a minute: shows that it works, not how fast it is
        """;

    /// <summary>Reads options and their values; what is left out keeps its default.</summary>
    /// <exception cref="ArgumentException">An option is unknown, or its value cannot be used.</exception>
    public static BenchOptions Read(IReadOnlyList<string> arguments)
    {
        // What --quick makes small can still be made larger, wherever it stands.
        var options = arguments.Contains("--quick")
            ? new BenchOptions
            {
                Orders = 200,
                Rate = 200,
                Seconds = 2,
                Repeats = 1,
                LatencyMs = 5,
                Sizes = BenchSizes.Quick,
            }
            : new BenchOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "--quick") continue;
            if (arguments[i] is "--sync")
            {
                options = options with { SyncsRedis = true };
                continue;
            }

            if (arguments[i] is "--help" or "-h") return options with { ShowsHelp = true };

            var name = arguments[i];
            var value = ++i < arguments.Count ? arguments[i] : "";
            options = Take(options, name, value);
        }

        if (options.Silos == 1) return options;
        return options.Storages.Contains(StorageKind.Redis)
            ? options with { Storages = [StorageKind.Redis] }
            : throw new ArgumentException("--silos 2 needs Redis: SQLite has one process.");
    }

    private static BenchOptions Take(BenchOptions options, string name, string value) => name switch
    {
        "--only" => options with { Only = Groups(value) },
        "--storage" => options with { Storages = StoragesOf(value) },
        "--silos" => options with { Silos = Number(name, value, 1, 2) },
        "--orders" => options with { Orders = Number(name, value, 100, 200_000) },
        "--rate" => options with { Rate = Number(name, value, 100, 40_000) },
        "--seconds" => options with { Seconds = Number(name, value, 2, 300) },
        "--repeats" => options with { Repeats = Number(name, value, 1, 100) },
        "--latency-ms" => options with { LatencyMs = Number(name, value, 0, 2_000) },
        "--json" => options with { JsonPath = value.Length > 0 ? value : throw Wrong(name, value, "a file's path") },
        _ => options with { Sizes = Take(options.Sizes, name, value) },
    };

    private static BenchSizes Take(BenchSizes sizes, string name, string value) => name switch
    {
        "--step-seconds" => sizes with { StepWindow = TimeSpan.FromSeconds(Number(name, value, 1, 300)) },
        "--idle-orders" => sizes with { IdleOrders = Number(name, value, 1_000, 5_000_000) },
        "--indexed-orders" => sizes with { IndexedOrders = Number(name, value, 1_000, 20_000_000) },
        "--orphans" => sizes with { Orphans = Number(name, value, 100, 50_000) },
        "--http-rate" => sizes with { HttpRate = Number(name, value, 10, 20_000) },
        "--http-seconds" => sizes with { HttpWindow = TimeSpan.FromSeconds(Number(name, value, 1, 300)) },
        _ => throw new ArgumentException($"There is no option {name}."),
    };

    private static IReadOnlyList<string> Groups(string value)
    {
        var groups = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return groups.Length > 0 && groups.All(RowGroups.All.Contains)
            ? groups
            : throw Wrong("--only", value, "some of " + string.Join(", ", RowGroups.All));
    }

    private static IReadOnlyList<StorageKind> StoragesOf(string value) => value switch
    {
        "redis" => [StorageKind.Redis],
        "sqlite" => [StorageKind.Sqlite],
        "both" => [StorageKind.Redis, StorageKind.Sqlite],
        _ => throw Wrong("--storage", value, "redis, sqlite or both"),
    };

    private static int Number(string name, string value, int min, int max) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= min
            && number <= max
            ? number
            : throw Wrong(name, value, $"a whole number from {min} to {max}");

    private static ArgumentException Wrong(string name, string value, string allowed) =>
        new($"{name} is '{value}': it must be {allowed}.");
}
