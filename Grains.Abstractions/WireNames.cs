using System.Collections.Concurrent;
using System.Text.Json;

namespace CoffeePayment;

/// <summary>The snake case names by which enum members go in JSON, logs, metrics and the database.</summary>
public static class WireNames
{
    /// <summary><c>MakePending</c> is <c>make_pending</c>.</summary>
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Names<TEnum>.ByValue.GetOrAdd(value, static v => ToSnakeCase(v.ToString()));

    /// <summary>The member which a name stands for; exact, case counts.</summary>
    public static bool TryParse<TEnum>(string? name, out TEnum value)
        where TEnum : struct, Enum
    {
        value = default;
        return name is not null && Names<TEnum>.ByName.TryGetValue(name, out value);
    }

    /// <summary>All names, in the order of declaration.</summary>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(Of)];

    private static string ToSnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly ConcurrentDictionary<TEnum, string> ByValue = new();

        public static readonly Dictionary<string, TEnum> ByName =
            Enum.GetValues<TEnum>().ToDictionary(v => ToSnakeCase(v.ToString()), StringComparer.Ordinal);
    }
}
