namespace CoffeePayment.Tests.Support;

/// <summary>Real time passing: a fault lasts, a moment is waited for.</summary>
internal static class Pause
{
    public static async Task ForAsync(TimeSpan time, CancellationToken stop = default)
    {
        if (time <= TimeSpan.Zero) return;

        using var timer = new PeriodicTimer(time);
        await timer.WaitForNextTickAsync(stop);
    }
}
