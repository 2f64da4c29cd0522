using System.Runtime.InteropServices;

namespace CoffeePayment.Sandbox.Traffic;

/// <summary>A request as it came in. Status 0: not answered, or not yet.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RequestEntry(DateTimeOffset At, ProviderOperation Operation, int Status);

/// <summary>
/// The latest requests about one payment: a ring that grows up to its bound and allocates nothing after that.
/// </summary>
internal sealed class RequestLog(int kept)
{
    private readonly Lock _lock = new();
    private Entry[] _ring = new Entry[Math.Min(4, kept)];
    private int _total;

    /// <summary>Notes an arrival; the ticket serves to note the answer.</summary>
    public int Arrived(DateTimeOffset at, ProviderOperation operation)
    {
        lock (_lock)
        {
            if (_total == _ring.Length && _ring.Length < kept)
                Array.Resize(ref _ring, Math.Min(_ring.Length * 2, kept));
            _ring[_total % _ring.Length] = new Entry { Ticks = at.UtcTicks, Operation = operation };
            return _total++;
        }
    }

    public void Answered(int ticket, int status)
    {
        lock (_lock)
        {
            if (ticket >= _total - _ring.Length)
                _ring[ticket % _ring.Length].Status = (short)status;
        }
    }

    /// <summary>The entries still kept, oldest first.</summary>
    public IReadOnlyList<RequestEntry> Entries()
    {
        lock (_lock)
        {
            var first = Math.Max(0, _total - _ring.Length);
            var entries = new RequestEntry[_total - first];
            for (var i = 0; i < entries.Length; i++)
            {
                var entry = _ring[(first + i) % _ring.Length];
                var at = new DateTimeOffset(entry.Ticks, TimeSpan.Zero);
                entries[i] = new RequestEntry(at, entry.Operation, entry.Status);
            }
            return entries;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Entry
    {
        public long Ticks;
        public short Status;
        public ProviderOperation Operation;
    }
}
