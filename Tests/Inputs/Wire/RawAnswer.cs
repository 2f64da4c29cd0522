using System.Text;

namespace CoffeePayment.Tests.Inputs.Wire;

/// <summary>What came back on a connection.</summary>
/// <param name="Status">Of the last answer that was no interim one; 0 if there was none.</param>
/// <param name="Headers">By name, whatever its letters' case.</param>
/// <param name="Body">Without what frames chunks; null if it is not whole.</param>
/// <param name="Took">From connecting to the end of it.</param>
internal sealed record RawAnswer(
    int Status, IReadOnlyDictionary<string, string> Headers, byte[]? Body, TimeSpan Took)
{
    public string? MediaType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0].Trim();

    /// <summary>Reads what a server said until it closed the connection.</summary>
    public static RawAnswer Parse(ReadOnlySpan<byte> bytes, TimeSpan took)
    {
        while (true)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0 || !bytes.StartsWith("HTTP/1."u8)) return Nothing(took);

            var lines = Encoding.Latin1.GetString(bytes[..end]).Split("\r\n");
            var status = int.Parse(lines[0].Split(' ')[1]);
            bytes = bytes[(end + 4)..];
            if (status < 200) continue;

            var headers = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(
                pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
            return new RawAnswer(status, headers, BodyOf(bytes, headers), took);
        }
    }

    public static RawAnswer Nothing(TimeSpan took) => new(0, new Dictionary<string, string>(), Body: null, took);

    private static byte[]? BodyOf(ReadOnlySpan<byte> bytes, Dictionary<string, string> headers)
    {
        if (headers.ContainsKey("Transfer-Encoding")) return Unchunk(bytes);
        if (!headers.TryGetValue("Content-Length", out var length)) return bytes.ToArray();
        return bytes.Length == int.Parse(length) ? bytes.ToArray() : null;
    }

    private static byte[]? Unchunk(ReadOnlySpan<byte> bytes)
    {
        var body = new List<byte>();
        while (bytes.IndexOf("\r\n"u8) is > 0 and var end)
        {
            var length = Convert.ToInt32(Encoding.Latin1.GetString(bytes[..end]), 16);
            if (length == 0) return [.. body];
            if (bytes.Length < end + 2 + length) return null;
            body.AddRange(bytes.Slice(end + 2, length));
            bytes = bytes[(end + 2 + length + 2)..];
        }

        return null;
    }
}
