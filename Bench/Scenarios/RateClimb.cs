namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// How far apart the steps towards the highest rate are: wide while the machine is idle, narrow when it is nearly
/// full, since orders that were added cannot be taken away again.
/// </summary>
internal static class RateClimb
{
    /// <summary>By which share the rate grows next.</summary>
    /// <param name="busyShare">How busy all cores are at the rate of now, 0 to 1.</param>
    public static double Growth(double busyShare) => busyShare switch
    {
        < 0.55 => 0.35,
        < 0.75 => 0.20,
        < 0.88 => 0.10,
        _ => 0.05,
    };
}
