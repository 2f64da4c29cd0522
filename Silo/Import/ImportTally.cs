namespace CoffeePayment.Silo.Import;

/// <summary>How an import goes. Counted from many threads at once.</summary>
internal sealed class ImportTally
{
    /// <summary>The most refusals that are kept for the terminal; a report has all of them.</summary>
    public const int KeptMax = 1000;

    private readonly List<Refusal> _refusals = [];
    private long _read;
    private long _registered;
    private long _existed;
    private long _valid;
    private long _refused;

    /// <summary>Orders and lines that are none.</summary>
    public long Read => Interlocked.Read(ref _read);

    /// <summary>Orders that are new to the service.</summary>
    public long Registered => Interlocked.Read(ref _registered);

    /// <summary>Orders that the service had already.</summary>
    public long Existed => Interlocked.Read(ref _existed);

    /// <summary>Orders that could be sent; counted only where none is.</summary>
    public long Valid => Interlocked.Read(ref _valid);

    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>The refusals that were kept, by line.</summary>
    public IReadOnlyList<Refusal> Refusals
    {
        get
        {
            lock (_refusals) return [.. _refusals.OrderBy(refusal => refusal.Line)];
        }
    }

    public void CountRead() => Interlocked.Increment(ref _read);

    public void CountValid() => Interlocked.Increment(ref _valid);

    public void CountSent(bool isNew) => Interlocked.Increment(ref isNew ? ref _registered : ref _existed);

    public void Add(Refusal refusal)
    {
        Interlocked.Increment(ref _refused);
        lock (_refusals)
            if (_refusals.Count < KeptMax) _refusals.Add(refusal);
    }
}
