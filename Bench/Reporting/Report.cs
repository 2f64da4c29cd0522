using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoffeePayment.Bench.Reporting;

/// <summary>Everything that a run found, as it goes into the JSON file.</summary>
/// <param name="StartedAt">When the run began, UTC.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Engine">Which Orleans the service was built on.</param>
/// <param name="Cores">How many cores the machine has; provider, Redis and the benchmark share them.</param>
/// <param name="SyncsRedis">Whether Redis synced every write to the disk; SQLite always does.</param>
/// <param name="Failures">What could not be measured, and why.</param>
/// <param name="Noise">Why the figures are to be doubted; empty if the machine was quiet.</param>
/// <param name="Figures">The table.</param>
internal sealed record Report(
    DateTimeOffset StartedAt,
    double Seconds,
    string Engine,
    int Cores,
    bool SyncsRedis,
    IReadOnlyList<string> Failures,
    IReadOnlyList<string> Noise,
    IReadOnlyList<Figure> Figures)
{
    private static readonly ReportJson Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    });

    /// <summary>The lines for people.</summary>
    public IEnumerable<string> Lines()
    {
        var redis = SyncsRedis ? "syncs every write to the disk (appendfsync always)" : "keeps nothing on disk";
        yield return $"{Engine}; {Cores} cores, shared with the provider and Redis; Redis {redis}; SQLite syncs.";
        yield return "";
        foreach (var line in FigureTable.Lines(Figures)) yield return line;

        yield return "";
        foreach (var line in Failures) yield return $"FAILED: {line}";
        foreach (var line in Noise) yield return $"NOISE: {line}";
        if (Noise.Count == 0) yield return "The machine was quiet.";
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json.Report);

    /// <summary>Writes it as JSON, making the folder where it is missing.</summary>
    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, ToJson());
    }
}

/// <summary>Generated code for the JSON file.</summary>
[JsonSerializable(typeof(Report))]
internal sealed partial class ReportJson : JsonSerializerContext;
