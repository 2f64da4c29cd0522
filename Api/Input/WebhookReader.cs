using System.Text.Json;

namespace CoffeePayment.Api.Input;

/// <summary>Finds the payment that a notification of YooKassa's is about.</summary>
internal static class WebhookReader
{
    private const int LengthMax = 1000;

    private static readonly FieldNames Names = new("type", "event", "object");

    private static readonly FieldNames ObjectNames = new("id", "payment_id");

    /// <summary>The payment; null if this is no notification, and then <paramref name="errors"/> says why.</summary>
    public static string? Read(JsonElement body, out FieldErrors errors)
    {
        var fields = new JsonFields(body, Names);
        errors = fields.Errors;

        var type = fields.Text("type", LengthMax, isRequired: true);
        if (type is not null and not "notification") errors.Add("type", "must be notification");
        var @event = fields.Text("event", LengthMax, isRequired: true);

        if (fields.Find("object", isRequired: true) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add("object", "must be an object");
            return null;
        }

        // A refund has an id of its own and names its payment beside it.
        var isRefund = @event?.StartsWith("refund.", StringComparison.Ordinal) == true;
        var idName = isRefund ? "payment_id" : "id";
        var objectFields = new JsonFields(value, ObjectNames);
        var id = objectFields.Text(idName, LengthMax, isRequired: true);
        foreach (var (name, messages) in objectFields.Errors.All)
            foreach (var message in messages) errors.Add($"object.{name}", message);

        return errors.Any ? null : id;
    }
}
