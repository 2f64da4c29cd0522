using System.Text;
using CoffeePayment.Tests.Inputs.Documents;
using CoffeePayment.Tests.Inputs.Wire;

namespace CoffeePayment.Tests.Inputs.Requests;

/// <summary>A request, and what is known of the right answer to it.</summary>
/// <param name="Kind">What is wrong with it, for people.</param>
/// <param name="Operation">The call that it is, or nearly is; null: none.</param>
/// <param name="Bytes">All that is sent.</param>
internal sealed record InputRequest(string Kind, ApiOperation? Operation, byte[] Bytes)
{
    /// <summary>
    /// The statuses that would be right; null: those that the document names for the call, without 5xx.
    /// </summary>
    public IReadOnlyCollection<int>? Statuses { get; init; }

    /// <summary>The fields that must be named as wrong.</summary>
    public IReadOnlyCollection<string> Fields { get; init; } = [];

    /// <summary>The methods that must be named as allowed; null: it is not about that.</summary>
    public string? Allow { get; init; }

    /// <summary>
    /// It is no proper HTTP, so that the server may answer it below the service, with no body, or close the connection.
    /// </summary>
    public bool IsBrokenHttp { get; init; }

    public AfterSending After { get; init; }

    public bool IsHead => Bytes.AsSpan().StartsWith("HEAD "u8);

    public override string ToString()
    {
        const int BytesShown = 700;
        var text = Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, BytesShown)));
        var shown = string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : $"\\x{(int)c:x2}"));
        return $"{Kind}, {Operation?.ToString() ?? "no call"}, {Bytes.Length} bytes: {shown}";
    }
}
