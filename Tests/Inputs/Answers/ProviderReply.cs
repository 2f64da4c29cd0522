namespace CoffeePayment.Tests.Inputs.Answers;

/// <summary>What a provider, or a machine, sends back.</summary>
/// <param name="Kind">What is strange about it, for people.</param>
/// <param name="Bytes">All that is sent.</param>
/// <param name="Status">As the kindest reader would understand it.</param>
/// <param name="Body">The same; null if the message is broken for everyone.</param>
internal sealed record ProviderReply(string Kind, byte[] Bytes, int Status, byte[]? Body)
{
    /// <summary>What becomes of the connection.</summary>
    public AfterReply After { get; init; }

    /// <summary>Whether nothing is wrong with it, so that it must be taken for what it says.</summary>
    public bool IsPlain { get; init; }

    public override string ToString()
    {
        const int BytesShown = 500;
        var shown = System.Text.Encoding.Latin1.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, BytesShown)));
        return $"{Kind}, {Bytes.Length} bytes: {shown.ReplaceLineEndings("|")}";
    }
}

internal enum AfterReply
{
    Keeps,
    Closes,
    Resets,

    /// <summary>Nothing more comes, and the connection stays open.</summary>
    Stalls,
}
