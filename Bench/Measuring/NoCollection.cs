using System.Runtime;

namespace CoffeePayment.Bench.Measuring;

/// <summary>
/// Keeps this process from collecting garbage until it is disposed: a pause of the benchmark's own would count as the
/// delay of whatever it waits for.
/// </summary>
internal sealed class NoCollection : IDisposable
{
    /// <summary>
    /// What may be allocated meanwhile: several times what a window of 8,000 registrations does, which is 35 MB.
    /// </summary>
    private const long BudgetBytes = 240_000_000;

    private NoCollection()
    {
    }

    /// <summary>Collects now, then no more; where more than the budget is allocated, collections begin again.</summary>
    public static NoCollection Begin()
    {
        GC.TryStartNoGCRegion(BudgetBytes);
        return new NoCollection();
    }

    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
    }
}
