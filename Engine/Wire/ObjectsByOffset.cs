namespace CoffeePayment.Engine.Wire;

/// <summary>
/// The objects of a message by where they begin. Nearly all are met in that order, and hardly any is asked for.
/// </summary>
internal sealed class ObjectsByOffset
{
    // Those which were read only when something referred to them.
    private readonly Dictionary<int, object> _late = [];
    private int[] _offsets = new int[16];
    private object?[] _values = new object?[16];

    public int Count { get; private set; }

    public void Add(int offset, object value)
    {
        if (Count > 0 && _offsets[Count - 1] >= offset)
        {
            _late[offset] = value;
            return;
        }

        if (Count == _offsets.Length)
        {
            Array.Resize(ref _offsets, 2 * Count);
            Array.Resize(ref _values, 2 * Count);
        }

        (_offsets[Count], _values[Count]) = (offset, value);
        Count++;
    }

    public object? Find(int offset)
    {
        var at = Array.BinarySearch(_offsets, 0, Count, offset);
        return at >= 0 ? _values[at] : _late.GetValueOrDefault(offset);
    }

    public void Clear()
    {
        Array.Clear(_values, 0, Count);
        Count = 0;
        if (_late.Count > 0) _late.Clear();
    }
}
