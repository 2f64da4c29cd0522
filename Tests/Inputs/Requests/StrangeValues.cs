namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Values that nobody expects.</summary>
internal static class StrangeValues
{
    /// <summary>As they stand in JSON; some are not JSON.</summary>
    public static IReadOnlyList<string> Json { get; } =
    [
        "null", "true", "false", "0", "-0", "-1", "1", "1.5", "1.0", "1e2", "1e-2", "1e400", "-1e400", "0.1", "-15000",
        "9223372036854775807", "9223372036854775808", "18446744073709551616", new string('9', 1000),
        "\"\"", "\" \"", "\"text\"", "\"0\"", "\"15000\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udfff\\ud800\"",
        "\"\\ud83d\\ude00\"", "\"\\u202e\"", "\"\\uffff\"", "\"\\r\\nX-Injected: 1\"", "\"\\u0007\"", "\"☕\"",
        Long(100), Long(101), Long(200), Long(201), Long(255), Long(256), Long(1001), Long(60_000),
        "\"" + Emoji(100) + "\"",
        "\"" + Emoji(201) + "\"", "\"" + Emoji(1001) + "\"",
        "[]", "[1]", "[null]", "{}", "{\"a\":1}", "{\"id\":\"a\",\"id\":\"b\"}", Deep(60), Deep(70), Deep(10_000),
        "\"2026-02-30T00:00:00Z\"", "\"2026-01-31T12:00:60Z\"", "\"2026-01-31\"", "\"2026-01-31T12:00:00\"",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-01-31T12:00:00+99:99\"",
        "\"1e9\"", "\"../../etc/passwd\"", "\"..\"", "\".\"", "\"%2e%2e%2f\"", "\"'; drop table orders; --\"",
        "\"<script>alert(1)</script>\"", "\"${jndi:ldap://localhost}\"", "\"a\\u0000b\"", "\"Yookassa\"", "\"small\"",
        "\"made\"", "\"SMALL\"", "\"yookassa\"", "\"default\"", "\"nobody\"",
        "NaN", "Infinity", "-Infinity", "undefined", "'text'", "01", "+1", ".5", "1.", "0x10", "1_000",
        "\"unterminated",
        "\"bad \\x escape\"", "/* c */ 1", "tru", "\"tab\tinside\"", "",
    ];

    /// <summary>As they stand in a query, once decoded.</summary>
    public static IReadOnlyList<string> Query { get; } =
    [
        "", " ", "0", "-1", "1", "500", "501", "1.5", "1e2", "٣", "99999999999999999999", "+5", " 5", "5 ", "5\0",
        "0x10",
        "null", "true", "TRUE", "false", "yes", "1true", "pending", "PENDING", "paid,failed", "nothing", "not_paid",
        "\0",
        "%", "%00", "..", "/", "\\", "'", "\"", "<a>", "☕", "\u202e", "\uffff", "a\r\nX-Injected: 1",
        new string('a', 1001),
        new string('5', 3000), "cGVuZGluZyAxNzcyMzY2NDAwMDAwIG9yZGVyLTE", "cGVuZGluZyAtMSBvcmRlci0x", "cGVuZGluZw",
        "====",
        "cGVuZGluZyA5OTk5OTk5OTk5OTk5OTk5OTk5IG9yZGVyLTE", "cGFpZCAxNzcyMzY2NDAwMDAwIG9yZGVyLTE",
    ];

    /// <summary>As they stand in a path, where there should be an id.</summary>
    public static IReadOnlyList<string> Segments { get; } =
    [
        "%2F", "%2f..%2f", "..", ".", "%2e", "%2e%2e", "..%2f..%2f", "%00", "a%00b", "%", "%zz", "%2", "%u0041",
        "%C0%AF",
        "%FF", "%ED%A0%80", "%E2%80%AE", "%F0%9F%98%80", "a/b", "a//b", "/", "a;b=c", "a#b", "a\\b", "%5c",
        "%0d%0aX-A:b",
        "*", "'", "%22", "%3Cscript%3E", "{id}", "~", "$metadata", "a%20b", "+", "%252e%252e", new string('a', 255),
        new string('a', 256), new string('a', 5000), new string('a', 9000), new string('%', 300), "?", "?refresh=true",
        "null", "undefined", "-", "_", ":", "con", "a.", "é", "☕",
    ];

    private static string Long(int length) => $"\"{new string('x', length)}\"";

    private static string Emoji(int count) => string.Concat(Enumerable.Repeat("🜚", count));

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);
}
