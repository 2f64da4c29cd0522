using System.Diagnostics;
using System.Net.Sockets;

namespace CoffeePayment.Bench.Processes;

/// <summary>Waits for processes to listen.</summary>
internal static class Readiness
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until <paramref name="isReady"/>; network errors mean not yet.</summary>
    /// <exception cref="InvalidOperationException">The process ended, or was not ready in time.</exception>
    public static async Task WaitAsync(
        string name, MeasuredProcess process, Func<Task<bool>> isReady, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        using var look = new PeriodicTimer(LookInterval);
        do
        {
            if (process.HasEnded) throw new InvalidOperationException($"{name} ended at once.");
            if (await AskAsync(isReady)) return;
        }
        while (Stopwatch.GetElapsedTime(started) < StartTimeout && await look.WaitForNextTickAsync(stop));

        throw new InvalidOperationException($"{name} was not ready within {StartTimeout.TotalSeconds} s.");
    }

    private static async Task<bool> AskAsync(Func<Task<bool>> isReady)
    {
        try
        {
            return await isReady();
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
        {
            return false;
        }
    }
}
