namespace CoffeePayment.Engine.Dashboard;

/// <summary>The last so many of something.</summary>
/// <param name="capacity">How many.</param>
internal sealed class SampleRing<T>(int capacity)
{
    private readonly Lock _lock = new();
    private readonly T[] _samples = new T[capacity];
    private int _count;
    private int _next;

    public void Add(T sample)
    {
        lock (_lock)
        {
            _samples[_next] = sample;
            _next = (_next + 1) % capacity;
            _count = Math.Min(_count + 1, capacity);
        }
    }

    /// <summary>The oldest first.</summary>
    public T[] ToArray()
    {
        lock (_lock)
        {
            return _count < capacity
                ? _samples[.._count]
                : [.. _samples.AsSpan(_next), .. _samples.AsSpan(0, _next)];
        }
    }
}
