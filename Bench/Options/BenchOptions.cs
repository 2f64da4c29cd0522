namespace CoffeePayment.Bench.Options;

/// <summary>What to measure, and how much of it.</summary>
internal sealed record BenchOptions
{
    /// <summary>
    /// Pending orders where the cost of a check is measured, each checked once an interval. Default 20,000.
    /// </summary>
    public int Orders { get; init; } = 20_000;

    /// <summary>Where the search for the highest rate begins, in checks a second. Default 4,000.</summary>
    public int Rate { get; init; } = 4_000;

    /// <summary>How long every answer of the provider takes. Default 50 ms.</summary>
    public int LatencyMs { get; init; } = 50;

    /// <summary>How long checks are watched where their cost is measured. Default 10 s.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>How often the comparison with the bare loop, and registering orders, is repeated. Default 2.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>Which storages. Default both.</summary>
    public IReadOnlyList<StorageKind> Storages { get; init; } = [StorageKind.Redis, StorageKind.Sqlite];

    /// <summary>
    /// How many silos the service has. Default 1, and 2 where a second one is what is measured; with 2 there is only
    /// Redis.
    /// </summary>
    public int Silos { get; init; } = 1;

    /// <summary>
    /// Whether Redis syncs every write to the disk before it answers, as it must where it holds real orders; the disk
    /// is the one of the folder for temporary files. Default no: then the disk of this machine is not part of the
    /// figures.
    /// </summary>
    public bool SyncsRedis { get; init; }

    /// <summary>Which groups of rows. Default all.</summary>
    public IReadOnlyList<string> Only { get; init; } = RowGroups.All;

    /// <summary>Where the figures go as JSON. Default <c>artifacts/bench.json</c>.</summary>
    public string JsonPath { get; init; } = "artifacts/bench.json";

    /// <summary>Whether only the options are to be explained.</summary>
    public bool ShowsHelp { get; init; }

    /// <summary>The other sizes.</summary>
    public BenchSizes Sizes { get; init; } = BenchSizes.Full;

    /// <summary>Whether a group of rows is wanted.</summary>
    public bool Wants(string group) => Only.Contains(group);
}
