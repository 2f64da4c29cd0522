using System.Text;
using CoffeePayment.Tests.Inputs.Requests;

namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>Bodies of replies about a payment: right ones, and ones that are nearly right.</summary>
internal sealed class PaymentBodies(Random random)
{
    private static readonly string[] Amounts =
    [
        "\"150\"", "\"150.0\"", "\"150.000\"", "\"0150.00\"", "\" 150.00\"", "\"150.00 \"", "\"150,00\"", "\"1.5e2\"",
        "\"15000\"",
        "\"-150.00\"", "\"+150.00\"", "\"150.001\"", "\"149.99\"", "\"150.01\"", "\"0x96\"", "\"1e9\"", "\"NaN\"",
        "\"150.\"",
        "\".150\"", "\"99999999999999999999.00\"", "\"150.00\\u0000\"", "\"150\\u002e00\"", "\"١٥٠\"", "150",
        "150.00", "1.5e2",
        "1e9", "-150", "\"150.00\"",
    ];

    private static readonly string[] Statuses =
    [
        "\"SUCCEEDED\"", "\"succeeded \"", "\"succeeded\\u0000\"", "\"succeede\\u0064\"", "\"paid\"", "\"success\"",
        "\"refunded\"",
        "[\"succeeded\"]", "{\"succeeded\":true}", "\"on_holiday\"", "\"pending\"", "\"canceled\"",
        "\"waiting_for_capture\"",
    ];

    private static readonly string[] Currencies =
        ["\"USD\"", "\"rub\"", "\"RU\"", "\"RUBL\"", "\"R\\u0055B\"", "643", "null", "\"\"", "\"JPY\"", "[\"RUB\"]"];

    /// <summary>A right one; every second of them paid.</summary>
    public string Right(string paymentId) => Right(paymentId, random.Next(6) switch
    {
        0 => "pending",
        1 => "canceled",
        2 => "waiting_for_capture",
        _ => "succeeded",
    });

    public static string Right(string paymentId, string status) => Write($"\"{paymentId}\"", $"\"{status}\"");

    /// <summary>One with something wrong in it, mostly one that would be paid.</summary>
    public byte[] Strange(string paymentId)
    {
        var id = $"\"{paymentId}\"";
        const string Paid = "\"succeeded\"";
        var text = random.Next(14) switch
        {
            0 => Write(OtherId(paymentId), Paid),
            1 => Write(id, Pick(Statuses)),
            2 => Write(id, Paid, value: Pick(Amounts)),
            3 => Write(id, Paid, currency: Pick(Currencies)),
            4 => Write(id, Paid, amount: Pick(StrangeValues.Json)),
            5 => Write(Pick(StrangeValues.Json), Paid),
            6 => Write(id, Pick(StrangeValues.Json)),
            7 => Write(id, Paid, value: Pick(StrangeValues.Json)),
            8 => Write(id, Paid, currency: Pick(StrangeValues.Json)),
            9 => Write(id, Paid, more: Pick(StrangeValues.Json)),
            10 => Twice(Write(id, Paid), id),
            11 => Wrapped(Write(id, Paid)),
            _ => Right(paymentId),
        };
        var body = Encoding.UTF8.GetBytes(text);
        return random.Next(12) switch
        {
            0 or 1 or 2 => ByteMutations.Mutate(body, random),
            3 => body[..random.Next(body.Length)],
            4 => Encoded(text),
            _ => body,
        };
    }

    private static string Write(
        string id,
        string status,
        string value = "\"150.00\"",
        string currency = "\"RUB\"",
        string? amount = null,
        string more = "{\"order\":\"1\"}")
    {
        amount ??= $"{{\"value\":{value},\"currency\":{currency}}}";
        return $$"""
            {"id":{{id}},"status":{{status}},"amount":{{amount}},
            "income_amount":{"value":"144.75","currency":"RUB"},"created_at":"2026-11-23T12:00:00.000Z","paid":true,
            "recipient":{"account_id":"100500","gateway_id":"100700"},"metadata":{{more}},
            "payment_method":{"type":"bank_card","id":"22d6d597-000f-5000-9000-145f6df21d6f","saved":false},
            "cancellation_details":{"party":"yoo_money","reason":"expired_on_confirmation"},
            "refundable":true,"test":false}
            """;
    }

    private string OtherId(string paymentId) => random.Next(6) switch
    {
        0 => $"\"{paymentId} \"",
        1 => $"\"{paymentId.ToUpperInvariant()}\"",
        2 => $"\"{paymentId[..^1]}\"",
        3 => $"[\"{paymentId}\"]",
        4 => $"\"\\u{(int)paymentId[0]:x4}{paymentId[1..]}\"",
        _ => "\"22d6d597-000f-5000-9000-145f6df21d6f\"",
    };

    private string Twice(string text, string id) => random.Next(6) switch
    {
        0 => $"{{\"status\":\"pending\",{text[1..]}",
        1 => $"{text[..^1]},\"status\":\"canceled\"}}",
        2 => $"{{\"id\":\"other\",{text[1..]}",
        3 => $"{text[..^1]},\"id\":{id}}}",
        4 => $"{text[..^1]},\"amount\":{{\"value\":\"1.00\",\"currency\":\"RUB\"}}}}",
        _ => text.Replace("\"currency\":\"RUB\"}", "\"currency\":\"RUB\",\"value\":\"1.00\"}"),
    };

    private string Wrapped(string text) => random.Next(6) switch
    {
        0 => $"[{text}]",
        1 => $"{{\"type\":\"notification\",\"event\":\"payment.succeeded\",\"object\":{text}}}",
        2 => $"{{\"type\":\"error\",\"code\":\"not_found\",\"description\":\"none\",\"payment\":{text}}}",
        3 => text + text,
        4 => $"{text}//",
        _ => new string('[', 5000) + text,
    };

    private byte[] Encoded(string text) => random.Next(5) switch
    {
        0 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
        1 => Encoding.Unicode.GetBytes(text),
        2 => Encoding.Latin1.GetBytes(text.Replace("expired", "\xE9xpired")),
        3 => [.. Encoding.UTF8.GetBytes(text), 0],
        _ => [.. Encoding.UTF8.GetBytes(text), .. new byte[] { (byte)' ', 0xFF }],
    };

    private string Pick(IReadOnlyList<string> texts) => texts[random.Next(texts.Count)];
}
