using System.Text.Json;
using CoffeePayment.Sandbox.Payments;

namespace CoffeePayment.Sandbox.Http;

/// <summary>One thing that is wrong with one field of a request.</summary>
internal readonly record struct FieldError(string Field, string Message);

/// <summary>
/// Takes the fields of a JSON object one by one and collects what is wrong with them. A field that is absent or
/// null reads as null; so does a wrong one, after its error has been noted.
/// </summary>
internal sealed class FieldReader(JsonElement body)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public List<FieldError> Errors { get; } = [];

    public bool IsObject => body.ValueKind == JsonValueKind.Object;

    public void Refuse(string field, string message) => Errors.Add(new FieldError(field, message));

    public JsonElement? Any(string field, bool required = false)
    {
        _known.Add(field);
        if (IsObject && body.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null)
            return value;
        if (required)
            Refuse(field, "is required");
        return null;
    }

    public string? Text(string field, int maxLength, bool required = false)
    {
        if (Any(field, required) is not { } value)
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (text?.Length >= 1 && text.Length <= maxLength)
            return text;
        Refuse(field, $"must be a string of 1 to {maxLength} characters");
        return null;
    }

    public int? Integer(string field, int min, int max, bool required = false)
    {
        if (Any(field, required) is not { } value)
            return null;
        var isNumber = value.ValueKind == JsonValueKind.Number;
        if (isNumber && value.TryGetInt32(out var number) && number >= min && number <= max)
            return number;
        Refuse(field, $"must be an integer from {min} to {max}");
        return null;
    }

    public double? Number(string field, double min, double max)
    {
        if (Any(field) is not { } value)
            return null;
        var isNumber = value.ValueKind == JsonValueKind.Number;
        if (isNumber && value.TryGetDouble(out var number) && number >= min && number <= max)
            return number;
        Refuse(field, $"must be a number from {min} to {max}");
        return null;
    }

    public bool? Flag(string field)
    {
        if (Any(field) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Refuse(field, "must be true or false");
        return null;
    }

    public Money? Money(string field, bool required = false)
    {
        if (Any(field, required) is not { } value)
            return null;
        var parts = new FieldReader(value);
        if (!parts.IsObject)
        {
            Refuse(field, "must be an object {value, currency}");
            return null;
        }

        var amount = parts.Text("value", 12, required: true);
        var currency = parts.Text("currency", 3, required: true);
        parts.RefuseOthers();
        foreach (var error in parts.Errors)
            Refuse($"{field}.{error.Field}", error.Message);
        if (amount is null || currency is null)
            return null;

        var money = Payments.Money.Parse(amount, currency, out var wrong);
        if (wrong is { } fault)
            Refuse($"{field}.{fault.Field}", fault.Message);
        return money;
    }

    /// <summary>
    /// Notes an error for every field that has not been asked for: a typing mistake must not pass unseen.
    /// </summary>
    public void RefuseOthers()
    {
        if (!IsObject)
            return;
        foreach (var property in body.EnumerateObject())
        {
            if (!_known.Contains(property.Name))
                Refuse(property.Name, "is not known here");
        }
    }
}
