namespace CoffeePayment.Engine.Scheduling;

/// <summary>
/// What waits for one scheduler, first in, first out: many threads add, one at a time takes. A hundred thousand
/// activations have one each, mostly empty and never with more than an item or two, so it has no lock and holds a
/// single item without any object of its own: 16 bytes instead of the 110 of a queue.
/// </summary>
internal struct WorkQueue
{
    private static readonly object Awake = new();

    // Null: asleep. Awake: somebody takes, and nothing new is there. Otherwise the newest item, in a Waiting if there
    // are older ones.
    private object? _added;

    // What was taken out of there, oldest first; touched by the taker only.
    private object? _taken;

    /// <summary>Adds an item; true if nobody is awake to take it, so that somebody must be woken.</summary>
    public bool Add(object item)
    {
        var seen = Volatile.Read(ref _added);
        while (true)
        {
            var added = seen is null || seen == Awake ? item : new Waiting(item, seen);
            var found = Interlocked.CompareExchange(ref _added, added, seen);
            if (found == seen) return seen is null;
            seen = found;
        }
    }

    /// <summary>Takes the oldest item; null if there is none, and then the taker sleeps until it is woken.</summary>
    public object? Take()
    {
        if (_taken is null)
        {
            var added = Interlocked.Exchange(ref _added, Awake);
            while (added == Awake)
            {
                if (Interlocked.CompareExchange(ref _added, null, Awake) == Awake) return null;
                added = Interlocked.Exchange(ref _added, Awake);
            }

            _taken = OldestFirst(added!);
        }

        var oldest = _taken as Waiting;
        var item = oldest?.Item ?? _taken;
        _taken = oldest?.Next;
        return item;
    }

    /// <summary>What waits, as far as it can be seen while others add and take. For debuggers.</summary>
    public readonly IEnumerable<object> Items() => Walk(_taken).Concat(Walk(Volatile.Read(in _added)));

    private static object OldestFirst(object newest)
    {
        object? newer = null;
        var place = newest;
        while (place is Waiting waiting)
        {
            place = waiting.Next!;
            waiting.Next = newer;
            newer = waiting;
        }

        return newer is null ? place : new Waiting(place, newer);
    }

    private static IEnumerable<object> Walk(object? place)
    {
        for (; place is Waiting waiting; place = waiting.Next) yield return waiting.Item;
        if (place is not null && place != Awake) yield return place;
    }

    private sealed class Waiting(object item, object? next)
    {
        public object Item { get; } = item;

        public object? Next { get; set; } = next;
    }
}
