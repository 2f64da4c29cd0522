using System.Text;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>Writes requests, proper ones unless told otherwise.</summary>
internal static class RequestText
{
    public const string Key = "key-of-the-inputs";

    /// <summary>Writes a request; what its headers leave out is put in as it should be.</summary>
    /// <param name="method">As it goes into the first line.</param>
    /// <param name="target">The same.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="headers">Whole lines, Latin-1; one without a value (<c>Host:</c>) leaves that header out.</param>
    public static byte[] Write(string method, string target, byte[]? body, params string[] headers)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        var lines = headers.ToList();
        Default("Host", "localhost");
        Default("Authorization", $"Bearer {Key}");
        Default("Connection", "close");
        if (body is not null)
        {
            Default("Content-Type", "application/json");
            if (!Has("Transfer-Encoding")) Default("Content-Length", $"{body.Length}");
        }

        foreach (var line in lines.Where(line => !line.EndsWith(':'))) head.Append(line).Append("\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. body ?? []];

        bool Has(string name) => lines.Exists(
            line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));

        void Default(string name, string value)
        {
            if (!Has(name)) lines.Add($"{name}: {value}");
        }
    }

    /// <summary>A body in chunks of so many bytes.</summary>
    public static byte[] Chunked(byte[] body, int chunkBytes)
    {
        var chunks = new List<byte>();
        foreach (var chunk in body.Chunk(chunkBytes))
        {
            chunks.AddRange(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            chunks.AddRange(chunk);
            chunks.AddRange("\r\n"u8);
        }

        return [.. chunks, .. "0\r\n\r\n"u8];
    }
}
