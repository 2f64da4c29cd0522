using System.Text;

namespace CoffeePayment.Tests.Inputs;

/// <summary>Spoils text a little, anywhere: bytes changed, cut out, repeated, or strange ones put in.</summary>
internal static class ByteMutations
{
    private static readonly string[] Snippets =
    [
        "null", "true", "{}", "[[]]", "\"\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "-0", "1e308", "0.1",
        "18446744073709551616",
        "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-03-01T12:00:60Z\"", "\\u0000",
        "\"id\"", ",", ":", "{", "}", "[", "\"", "\\", "/*", "//", "\u2028", "🜚", "\uFEFF", "NaN", "\"\\u202e\"",
        "price",
    ];

    public static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Snippets[random.Next(Snippets.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at)));
                    break;
                default:
                    ReplaceValue(bytes, Snippets[random.Next(Snippets.Length)], random);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts something else where a field's value was, which mostly leaves it JSON.</summary>
    private static void ReplaceValue(List<byte> bytes, string value, Random random)
    {
        var colons = Enumerable.Range(1, bytes.Count - 1).Where(i => bytes[i] == ':' && bytes[i - 1] == '"').ToList();
        if (colons.Count == 0) return;

        var start = colons[random.Next(colons.Count)] + 1;
        var end = bytes.FindIndex(start, b => b is (byte)',' or (byte)'}');
        if (end < 0) return;

        bytes.RemoveRange(start, end - start);
        bytes.InsertRange(start, Encoding.UTF8.GetBytes(value));
    }
}
