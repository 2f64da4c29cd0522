using System.Text;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Silo.Import;

/// <summary>Opens what is to be imported.</summary>
internal static class ImportFile
{
    /// <summary>What stands for the standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] JsonExtensions = [".jsonl", ".ndjson", ".json"];

    /// <summary>Fields that every order must have.</summary>
    private static readonly string[] Required =
    [
        "id", "payment_scenario", "payment_reference_id", "device_uuid", "drink_number", "size", "price",
        "payment_started_at",
    ];

    /// <summary>Whether a file of that name has JSON lines; anything else is CSV.</summary>
    public static bool IsJson(string path) => JsonExtensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>The text of the file; UTF-8 unless its first bytes say otherwise.</summary>
    /// <exception cref="CommandFailure">It cannot be read.</exception>
    public static TextReader Open(string path)
    {
        try
        {
            var stream = path == StandardInput ? Console.OpenStandardInput() : File.OpenRead(path);
            return new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandFailure(ExitCodes.Usage, $"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>The orders in the text.</summary>
    /// <exception cref="CommandFailure">Its header is none, or has not the columns that every order needs.</exception>
    public static IOrderSource Read(TextReader text, bool isJson, FieldMap map)
    {
        var lines = new LineReader(text);
        if (isJson) return new JsonLinesSource(lines);

        var csv = CsvSource.Open(lines)
            ?? throw new CommandFailure(ExitCodes.Usage, "The file does not begin with a line that names its columns.");
        string[] fields = [.. csv.Columns.Select(map.FieldOf).OfType<string>()];
        var twice = fields.CountBy(field => field).Where(count => count.Value > 1).Select(count => count.Key).ToList();
        if (twice.Count > 0)
            throw new CommandFailure(ExitCodes.Usage, $"More than one column is: {string.Join(", ", twice)}.");

        var missing = Required.Except(fields).ToList();
        return missing.Count == 0
            ? csv
            : throw new CommandFailure(
                ExitCodes.Usage,
                $"No column is: {string.Join(", ", missing)}. If one has another name, say --map NAME={missing[0]}.");
    }
}
