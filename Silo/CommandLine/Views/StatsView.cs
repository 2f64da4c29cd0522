using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>How the service is doing.</summary>
internal static class StatsView
{
    public static void Write(TextWriter output, StatsResponse stats)
    {
        output.WriteLine(
            $"{Printable.Rate(stats.ChecksPerSecond)} checks a second, {Printable.Count(stats.Checks)} since the "
                + $"start; started late by {LatenessOf(stats.Lateness)} (p50 / p99)");
        output.WriteLine($"{Printable.Count(stats.Attention)} orders wait for a person: attention lists them");
        output.WriteLine();
        var statuses = new TextTable("STATUS", " ORDERS");
        foreach (var (status, orders) in stats.OrdersByStatus)
            statuses.Add(WireNames.Of(status), Printable.Count(orders));
        statuses.WriteTo(output);

        output.WriteLine();
        var tracks = new TextTable("TRACK", " ORDERS");
        foreach (var (track, orders) in stats.OrdersByTrack) tracks.Add(WireNames.Of(track), Printable.Count(orders));
        tracks.WriteTo(output);

        output.WriteLine();
        var silos = new TextTable("SILO", "STATUS", "STARTED", " FAST", " SLOW", " CHECKS/S", "LATE P50 / P99");
        foreach (var silo in stats.Silos)
        {
            silos.Add(
                silo.Address,
                silo.Status,
                Printable.Time(silo.StartedAt),
                Printable.Count(silo.OrdersByTrack.GetValueOrDefault(Track.Fast)),
                Printable.Count(silo.OrdersByTrack.GetValueOrDefault(Track.Slow)),
                Printable.Rate(silo.ChecksPerSecond),
                LatenessOf(silo.Lateness));
        }

        silos.WriteTo(output);
        output.WriteLine();
        var providers = new TextTable("MERCHANT", "CIRCUIT", " REQUESTS/MIN", " WITHOUT ANSWER", "LATENCY P50 / P99");
        foreach (var provider in stats.Providers)
        {
            providers.Add(
                provider.MerchantId,
                WireNames.Of(provider.Circuit),
                Printable.Count(provider.Requests),
                Printable.Percent(provider.ErrorRate),
                LatenessOf(provider.Latency));
        }

        providers.WriteTo(output);
    }

    private static string LatenessOf(PercentilesResponse percentiles) =>
        $"{Printable.Milliseconds(percentiles.P50Ms)} / {Printable.Milliseconds(percentiles.P99Ms)}";
}
