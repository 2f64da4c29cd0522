using System.Diagnostics;
using System.Security.Cryptography;

namespace CoffeePayment.Bench.Measuring;

/// <summary>
/// Fixed work of the CPU, timed several times: how far the times lie apart tells how much else the machine has to do.
/// </summary>
internal static class Calibration
{
    private const int Rounds = 5;
    private const int HashesPerRound = 40;
    private static readonly byte[] Block = new byte[1 << 20];

    /// <summary>The times of one series, milliseconds each.</summary>
    public static IReadOnlyList<double> TimeMs()
    {
        Work(1);
        return [.. Enumerable.Range(0, Rounds).Select(static _ =>
        {
            var started = Stopwatch.GetTimestamp();
            Work(HashesPerRound);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        })];
    }

    private static void Work(int hashes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < hashes; i++) SHA256.HashData(Block, hash);
    }
}
