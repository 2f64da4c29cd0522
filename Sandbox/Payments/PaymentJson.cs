using System.Globalization;
using System.Text.Json;
using CoffeePayment.Sandbox.Http;

namespace CoffeePayment.Sandbox.Payments;

/// <summary>Writes payments as YooKassa does: required fields always, the others where they apply.</summary>
internal sealed class PaymentJson(string accountId, Func<string, string> payPage)
{
    private const string GatewayId = "1000001";

    public void Send(HttpContext context, Payment payment, PaymentState state) =>
        JsonAnswer.Send(
            context,
            StatusCodes.Status200OK,
            (Json: this, payment, state),
            static (writer, it) => it.Json.Write(writer, it.payment, it.state));

    public void SendPage(
        HttpContext context, IReadOnlyList<(Payment Payment, PaymentState State)> page, string? nextCursor) =>
        JsonAnswer.Send(context, StatusCodes.Status200OK, (Json: this, page, nextCursor), static (writer, it) =>
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "list"u8);
            writer.WriteStartArray("items"u8);
            foreach (var (payment, state) in it.page)
                it.Json.Write(writer, payment, state);
            writer.WriteEndArray();
            if (it.nextCursor is not null)
                writer.WriteString("next_cursor"u8, it.nextCursor);
            writer.WriteEndObject();
        });

    public void Write(Utf8JsonWriter writer, Payment payment, PaymentState state)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, payment.Id);
        writer.WriteString("status"u8, state.Status.Name());
        WriteMoney(writer, "amount"u8, state.Amount.Value, state.Amount.Currency);
        if (state.RefundedValue > 0)
            WriteMoney(writer, "refunded_amount"u8, state.RefundedValue, state.Amount.Currency);
        if (payment.Terms.Description is { } description)
            writer.WriteString("description"u8, description);
        writer.WriteStartObject("recipient"u8);
        writer.WriteString("account_id"u8, accountId);
        writer.WriteString("gateway_id"u8, GatewayId);
        writer.WriteEndObject();
        WriteTime(writer, "created_at"u8, payment.CreatedAt);
        if (state.CapturedAt is { } capturedAt)
            WriteTime(writer, "captured_at"u8, capturedAt);
        if (state.Status == PaymentStatus.WaitingForCapture)
            WriteTime(writer, "expires_at"u8, state.ExpiresAt);
        if (state.Status == PaymentStatus.Pending && payment.Terms.ConfirmationType is not null)
            WriteConfirmation(writer, payment);
        writer.WriteBoolean("test"u8, true);
        writer.WriteBoolean("paid"u8, state.IsPaid);
        writer.WriteBoolean("refundable"u8, state.RefundableValue > 0);
        WriteMetadata(writer, payment.Terms.Metadata);
        if (state.CancellationReason is { } reason)
        {
            writer.WriteStartObject("cancellation_details"u8);
            writer.WriteString("party"u8, Party(reason));
            writer.WriteString("reason"u8, reason);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private void WriteConfirmation(Utf8JsonWriter writer, Payment payment)
    {
        writer.WriteStartObject("confirmation"u8);
        writer.WriteString("type"u8, payment.Terms.ConfirmationType);
        if (payment.Terms.ConfirmationType == "qr")
            writer.WriteString("confirmation_data"u8, payPage(payment.Id));
        else if (payment.Terms.ConfirmationType == "redirect")
            writer.WriteString("confirmation_url"u8, payPage(payment.Id));
        if (payment.Terms.ReturnUrl is { } returnUrl)
            writer.WriteString("return_url"u8, returnUrl);
        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
            return;
        writer.WriteStartObject("metadata"u8);
        foreach (var (name, value) in metadata)
            writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    private static void WriteMoney(Utf8JsonWriter writer, ReadOnlySpan<byte> name, decimal value, string currency)
    {
        Span<byte> text = stackalloc byte[32];
        value.TryFormat(text, out var length, "0.00", CultureInfo.InvariantCulture);
        writer.WriteStartObject(name);
        writer.WriteString("value"u8, text[..length]);
        writer.WriteString("currency"u8, currency);
        writer.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[32];
        time.UtcDateTime.TryFormat(text, out var length, Times.Format, CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..length]);
    }

    /// <summary>Who cancels for which reason, after YooKassa's table of cancellation_details.</summary>
    private static string Party(string reason) => reason switch
    {
        "canceled_by_merchant" => "merchant",
        "expired_on_confirmation" or "expired_on_capture" or "internal_timeout" or "fraud_suspected"
            or "country_forbidden" or "identification_required" or "permission_revoked" => "yoo_money",
        _ => "payment_network",
    };
}

internal static class Times
{
    /// <summary>How all times are written here: UTC, in milliseconds.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
