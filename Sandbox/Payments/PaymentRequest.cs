using System.Text.Json;
using CoffeePayment.Sandbox.Http;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>The body of <c>POST /v3/payments</c>, as far as a payment for a cup of coffee needs it.</summary>
internal sealed record PaymentRequest(Money Amount, PaymentTerms Terms)
{
    private const int MetadataKeys = 16;
    private const int MetadataKeyLength = 32;
    private const int MetadataValueLength = 512;

    /// <summary>
    /// Reads the request; null if it has an error, which the reader then holds. Unknown fields pass, as there.
    /// </summary>
    public static PaymentRequest? Read(FieldReader fields)
    {
        var amount = fields.Money("amount", required: true);
        var description = fields.Text("description", 128);
        var captures = fields.Flag("capture") ?? false;
        var metadata = ReadMetadata(fields);
        var (type, returnUrl) = ReadConfirmation(fields);

        return fields.Errors.Count == 0 && amount is { } money
            ? new PaymentRequest(money, new PaymentTerms(captures, description, type, returnUrl, metadata))
            : null;
    }

    private static Dictionary<string, string>? ReadMetadata(FieldReader fields)
    {
        if (fields.Any("metadata") is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            fields.Refuse("metadata", "must be an object");
            return null;
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (property.Name.Length is 0 or > MetadataKeyLength)
                fields.Refuse("metadata", $"must have names of 1 to {MetadataKeyLength} characters");
            else if (property.Value.ValueKind != JsonValueKind.String)
                fields.Refuse($"metadata.{property.Name}", "must be a string");
            else if (property.Value.GetString()!.Length > MetadataValueLength)
                fields.Refuse($"metadata.{property.Name}", $"must have at most {MetadataValueLength} characters");
            else
                metadata[property.Name] = property.Value.GetString()!;
        }
        if (value.GetPropertyCount() > MetadataKeys)
            fields.Refuse("metadata", $"must have at most {MetadataKeys} names");
        return metadata;
    }

    private static (string? Type, string? ReturnUrl) ReadConfirmation(FieldReader fields)
    {
        if (fields.Any("confirmation") is not { } value)
            return default;

        var confirmation = new FieldReader(value);
        if (!confirmation.IsObject)
            confirmation.Refuse("type", "is required");
        var type = confirmation.Text("type", 64, required: confirmation.IsObject);
        if (type is not (null or "redirect" or "qr" or "external"))
            confirmation.Refuse("type", "must be one of redirect, qr, external: the sandbox knows no others");

        var returnUrl = confirmation.Text("return_url", 2048, required: type == "redirect");
        if (returnUrl is not null && !IsWebAddress(returnUrl))
            confirmation.Refuse("return_url", "must be an http or https address");
        foreach (var error in confirmation.Errors)
            fields.Refuse($"confirmation.{error.Field}", error.Message);
        return (type, returnUrl);
    }

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
}
