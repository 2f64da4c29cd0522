namespace CoffeePayment.Api.Input;

/// <summary>What is wrong with which field. Fields keep the order in which they were found wanting.</summary>
internal sealed class FieldErrors
{
    private readonly OrderedDictionary<string, IReadOnlyList<string>> _messages = new(StringComparer.Ordinal);

    public bool Any => _messages.Count > 0;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> All => _messages;

    public void Add(string field, string message)
    {
        if (_messages.TryGetValue(field, out var list)) ((List<string>)list).Add(message);
        else _messages.Add(field, new List<string> { message });
    }
}
