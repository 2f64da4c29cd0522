using CoffeePayment.Api.Input;

namespace CoffeePayment.Silo.Import;

/// <summary>Which field of an order a column is.</summary>
internal sealed class FieldMap
{
    /// <summary>Where the order stands in the system that it comes from; only pending ones are imported.</summary>
    public const string Status = "status";

    /// <summary>What our own reports of refused lines add; passed over when such a report is imported.</summary>
    public const string ReportPrefix = "import_";

    /// <summary>Names in the system that this one replaces, and in exports of it.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["order_id"] = "id",
        ["order_uuid"] = "id",
        ["orderuuid"] = "id",
        ["uuid"] = "id",
        ["merchant"] = "merchant_id",
        ["payment_id"] = "payment_reference_id",
        ["payment_reference"] = "payment_reference_id",
        ["yookassa_payment_id"] = "payment_reference_id",
        ["scenario"] = "payment_scenario",
        ["device"] = "device_uuid",
        ["device_id"] = "device_uuid",
        ["deviceid"] = "device_uuid",
        ["drink"] = "drink_number",
        ["drink_id"] = "drink_number",
        ["drink_uuid"] = "drink_number",
        ["drinkuuid"] = "drink_number",
        ["drink_size"] = "size",
        ["payment_started"] = "payment_started_at",
        ["expires"] = "expires_at",
    };

    private readonly Dictionary<string, string> _given;

    /// <summary>The map with what the caller adds.</summary>
    /// <param name="given">Columns and the fields that they are; they win over the names that are known.</param>
    public FieldMap(IEnumerable<KeyValuePair<string, string>> given) =>
        _given = new Dictionary<string, string>(given, StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that there are.</summary>
    public static IReadOnlyList<string> Fields { get; } = [.. RegistrationReader.FieldNames, Status];

    /// <summary>The other names of a field.</summary>
    public static IEnumerable<string> OtherNamesOf(string field) =>
        OtherNames.Where(pair => pair.Value == field).Select(pair => pair.Key);

    /// <summary>The field that a column is; null if it is none.</summary>
    public string? FieldOf(string column)
    {
        if (_given.GetValueOrDefault(column) is { } given) return given;
        return Fields.FirstOrDefault(field => string.Equals(field, column, StringComparison.OrdinalIgnoreCase))
            ?? OtherNames.GetValueOrDefault(column);
    }
}
