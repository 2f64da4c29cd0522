using System.Text.Json;
using CoffeePayment.Ports;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>The few fields of YooKassa's payment object that decide, read in one pass over the body.</summary>
internal ref struct PaymentFields
{
    private const int TextLengthMax = 64;

    private static readonly ProviderAnswer Pending = new ProviderAnswer.Pending();
    private static readonly ProviderAnswer WaitingForCapture = new ProviderAnswer.WaitingForCapture();

    // Raw, as in the body, without quotes. A field that comes twice says two things, so it says nothing.
    private Field _id;
    private Field _status;
    private Field _amountValue;
    private Field _amountCurrency;
    private Field _cancellationReason;
    private bool _isThePayment;
    private PaymentStatus _known;

    private enum PaymentStatus
    {
        Other,
        Pending,
        WaitingForCapture,
        Succeeded,
        Canceled,
    }

    /// <summary>Reads the whole body; what is missing or of another type is not usable.</summary>
    /// <exception cref="JsonException">The body is not one JSON value.</exception>
    /// <exception cref="InvalidOperationException">A text that matters is not one.</exception>
    public static PaymentFields Read(ReadOnlySpan<byte> body, string paymentReferenceId)
    {
        var fields = default(PaymentFields);
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return fields;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            fields.ReadField(ref reader, paymentReferenceId);

        // Anything after the object makes this throw.
        reader.Read();
        return fields;
    }

    /// <summary>Null if the object is not the payment, lacks its status, or was paid without saying how much.</summary>
    public readonly ProviderAnswer? ToAnswer()
    {
        if (!_id.IsUsable || !_isThePayment || !_status.IsUsable) return null;

        return _known switch
        {
            PaymentStatus.Pending => Pending,
            PaymentStatus.WaitingForCapture => WaitingForCapture,
            PaymentStatus.Succeeded => ToSucceeded(),
            PaymentStatus.Canceled => new ProviderAnswer.Canceled(
                _cancellationReason.IsUsable ? Plain(_cancellationReason.Raw) : "canceled"),
            _ => new ProviderAnswer.UnknownStatus(Plain(_status.Raw)),
        };
    }

    private readonly ProviderAnswer.Succeeded? ToSucceeded() =>
        _amountValue.IsUsable
        && _amountCurrency.IsUsable
        && MinorUnits.TryParse(_amountValue.Raw, _amountCurrency.Raw, out var amount)
            ? new ProviderAnswer.Succeeded(amount)
            : null;

    /// <summary>
    /// The provider's words go into histories and metrics, so they are kept short and to a few characters.
    /// </summary>
    private static string Plain(ReadOnlySpan<byte> raw) => string.Create(
        Math.Min(raw.Length, TextLengthMax),
        raw,
        static (text, raw) =>
        {
            for (var place = 0; place < text.Length; place++)
            {
                var character = char.ToLowerInvariant((char)raw[place]);
                text[place] = character is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? character : '_';
            }
        });

    private static PaymentStatus StatusOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return PaymentStatus.Other;
        if (reader.ValueTextEquals("pending"u8)) return PaymentStatus.Pending;
        if (reader.ValueTextEquals("succeeded"u8)) return PaymentStatus.Succeeded;
        if (reader.ValueTextEquals("canceled"u8)) return PaymentStatus.Canceled;
        return reader.ValueTextEquals("waiting_for_capture"u8) ? PaymentStatus.WaitingForCapture : PaymentStatus.Other;
    }

    private void ReadField(ref Utf8JsonReader reader, string paymentReferenceId)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            _id.Take(ref reader);
            _isThePayment = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(paymentReferenceId);
        }
        else if (reader.ValueTextEquals("status"u8))
        {
            reader.Read();
            _status.Take(ref reader);
            _known = StatusOf(ref reader);
        }
        else if (reader.ValueTextEquals("amount"u8))
        {
            ReadInner(ref reader, "value"u8, ref _amountValue, "currency"u8, ref _amountCurrency);
        }
        else if (reader.ValueTextEquals("cancellation_details"u8))
        {
            var party = default(Field);
            ReadInner(ref reader, "reason"u8, ref _cancellationReason, "party"u8, ref party);
        }
        else
        {
            reader.Read();
        }

        reader.Skip();
    }

    private static void ReadInner(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> firstName,
        ref Field first,
        ReadOnlySpan<byte> secondName,
        ref Field second)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isFirst = reader.ValueTextEquals(firstName);
            var isSecond = reader.ValueTextEquals(secondName);
            reader.Read();
            if (isFirst)
                first.Take(ref reader);
            else if (isSecond)
                second.Take(ref reader);
            reader.Skip();
        }
    }

    private ref struct Field
    {
        private int _seen;
        private bool _isText;

        public ReadOnlySpan<byte> Raw { get; private set; }

        public readonly bool IsUsable => _seen == 1 && _isText && !Raw.IsEmpty;

        public void Take(ref Utf8JsonReader reader)
        {
            _seen++;
            _isText = reader.TokenType == JsonTokenType.String;
            if (_isText) Raw = reader.ValueSpan;
        }
    }
}
