using System.Diagnostics.CodeAnalysis;

namespace CoffeePayment.Engine.Types;

/// <summary>
/// Remembers what one copying has copied, so that an object met twice stays one object, and cycles end.
/// </summary>
internal sealed class CopyContext
{
    [ThreadStatic]
    private static CopyContext? _free;

    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    public static CopyContext Rent()
    {
        var context = _free ?? new CopyContext();
        _free = null;
        return context;
    }

    public void Return()
    {
        _copies.Clear();
        _free = this;
    }

    public bool TryGet<T>(object original, [NotNullWhen(true)] out T? copy)
        where T : class
    {
        var found = _copies.TryGetValue(original, out var known);
        copy = (T?)known;
        return found;
    }

    public void Add(object original, object copy) => _copies[original] = copy;
}
