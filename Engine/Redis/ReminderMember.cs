using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Redis;

/// <summary>
/// A reminder as a member of the sorted set: six JSON strings with commas between them, ordered by the grain's hash
/// code, the grain, and the name, so that each of these is a range of members. The layout is that of the official
/// package.
/// </summary>
internal static class ReminderMember
{
    // A string that goes on has a quote where this is; the next character after the quote ends the range.
    private const char AfterQuote = '#';

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(ReminderEntry entry, string etag) => Join(
        HashOf(entry.GrainId.GetUniformHashCode()),
        $"{entry.GrainId}",
        entry.ReminderName,
        etag,
        entry.StartAt.ToString("O", CultureInfo.InvariantCulture),
        entry.Period.ToString("c", CultureInfo.InvariantCulture));

    public static ReminderEntry Parse(string member)
    {
        var fields = JsonSerializer.Deserialize<string[]>($"[{member}]", Json)!;
        return new ReminderEntry
        {
            GrainId = GrainId.Parse(fields[1]),
            ReminderName = fields[2],
            ETag = fields[3],
            StartAt = DateTime.Parse(fields[4], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            Period = TimeSpan.Parse(fields[5], CultureInfo.InvariantCulture),
        };
    }

    /// <summary>
    /// The members that begin with these fields: from the first, inclusive, to the second, exclusive.
    /// </summary>
    public static (string From, string To) RangeOf(GrainId grainId, params ReadOnlySpan<string> further)
    {
        var prefix = Join([HashOf(grainId.GetUniformHashCode()), $"{grainId}", .. further]);
        return ($"{prefix},\"", $"{prefix},{AfterQuote}");
    }

    /// <summary>What follows all members of the grains with that hash code.</summary>
    public static string EndOf(uint hash) => $"{Join(HashOf(hash))},{AfterQuote}";

    private static string HashOf(uint hash) => hash.ToString("X8", CultureInfo.InvariantCulture);

    private static string Join(params string[] fields) => JsonSerializer.Serialize(fields, Json)[1..^1];
}
