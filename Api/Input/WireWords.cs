namespace CoffeePayment.Api.Input;

/// <summary>Reads words that stand for enum members.</summary>
internal static class WireWords
{
    /// <summary>
    /// The member which the field names; null if there is none or it is bad, which names those allowed.
    /// </summary>
    public static TEnum? Read<TEnum>(JsonFields fields, string name, bool isRequired)
        where TEnum : struct, Enum
    {
        const int LongestWord = 100;
        if (fields.Text(name, LongestWord, isRequired) is not { } word) return null;
        if (WireNames.TryParse<TEnum>(word, out var value)) return value;

        fields.Errors.Add(name, MustBeOneOf<TEnum>());
        return null;
    }

    public static string MustBeOneOf<TEnum>()
        where TEnum : struct, Enum => $"must be one of: {string.Join(", ", WireNames.All<TEnum>())}";
}
