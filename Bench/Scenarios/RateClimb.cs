namespace CoffeePayment.Bench.Scenarios;

/// <summary>
/// How far apart the steps towards the highest rate are: wide while the machine is idle, narrow when it is nearly
/// full, since orders that were added cannot be taken away again.
/// </summary>
internal static class RateClimb
{
    private const double GrowthMin = 0.05;
    private const double GrowthMax = 0.35;

    /// <summary>By which share the rate grows next: a third of what would fill the machine.</summary>
    /// <param name="busyShare">How busy all cores are at the rate of now, 0 to 1.</param>
    public static double Growth(double busyShare) =>
        Math.Clamp((1 / busyShare - 1) / 3, GrowthMin, GrowthMax);
}
