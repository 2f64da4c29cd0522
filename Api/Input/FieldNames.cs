using System.Text;
using System.Text.Json;

namespace CoffeePayment.Api.Input;

/// <summary>
/// The fields that an object may have. They are few, so looking one up by walking them is the fastest.
/// </summary>
internal sealed class FieldNames(params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public int Count => names.Length;

    public string this[int index] => names[index];

    public int IndexOf(string name) => Array.IndexOf(names, name);

    /// <summary>Which of them a property is; -1 if none.</summary>
    public int IndexOf(JsonProperty property)
    {
        try
        {
            for (var index = 0; index < _utf8.Length; index++)
                if (property.NameEquals(_utf8[index])) return index;
        }
        catch (InvalidOperationException)
        {
            // A name with an escaped half of a surrogate pair is none that we know.
        }

        return -1;
    }
}
