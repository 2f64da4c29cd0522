namespace CoffeePayment.Sandbox.Traffic;

/// <summary>What <c>GET /sandbox/stats</c> answers.</summary>
internal sealed record StatisticsView(int Payments, ProviderView Provider, MachineView Machine);

/// <summary>What came to the provider.</summary>
/// <param name="Unanswered">Requests without an answer: hung, given up by the client, or still being answered.</param>
internal sealed record ProviderView(
    long Requests,
    long Unanswered,
    Dictionary<string, long> ByOperation,
    Dictionary<string, long> ByStatus,
    ArrivalsView Arrivals,
    IntervalsView Intervals);

/// <summary>Requests by bins of 20 ms: how evenly they come.</summary>
internal sealed record ArrivalsView(
    int BinMs, int Bins, int EmptyBins, double? EmptyShare, int? PerBinP50, int? PerBinP99, int? PerBinMax)
{
    public static ArrivalsView Of(int[] counts)
    {
        if (counts.Length == 0)
            return new ArrivalsView(ArrivalBins.BinMs, 0, 0, null, null, null, null);

        Array.Sort(counts);
        var empty = counts.Count(static count => count == 0);
        return new ArrivalsView(
            ArrivalBins.BinMs, counts.Length, empty, Math.Round((double)empty / counts.Length, 4),
            counts[(counts.Length - 1) / 2], counts[(counts.Length - 1) * 99 / 100], counts[^1]);
    }
}

/// <summary>Times between one GET of a payment and the next one of the same payment.</summary>
internal sealed record IntervalsView(long Count, int? MinMs, int? P1Ms, int? P50Ms, int? P99Ms, int? MaxMs);

/// <summary>What came to the machines.</summary>
/// <param name="Orders">How many different orders the commands were for.</param>
/// <param name="OrdersWithSeveralCommands">How many orders got more than one, whatever was answered.</param>
/// <param name="OrdersWithSeveralDrinks">
/// How many orders got more than one which was accepted or never answered.
/// </param>
internal sealed record MachineView(
    int Commands,
    int Accepted,
    int Errors,
    int Hung,
    int Orders,
    int OrdersWithSeveralCommands,
    int OrdersWithSeveralDrinks);
