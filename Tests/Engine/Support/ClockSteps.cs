using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Engine;

/// <summary>Moving virtual time while grains on other threads arm their timers.</summary>
internal static class ClockSteps
{
    /// <summary>
    /// Moves the clock from timer to timer, waiting until one is armed before every step and never beyond
    /// <paramref name="due"/>, until that has happened which is expected at <paramref name="due"/>.
    /// </summary>
    public static async Task<T> RunUntilAsync<T>(this VirtualTimeProvider clock, DateTimeOffset due, Task<T> happening)
    {
        while (!happening.IsCompleted)
        {
            var armed = clock.WhenTimerArmedAsync(due - clock.GetUtcNow());
            await Task.WhenAny(happening, armed).WaitAsync(Probe.Patience);
            if (!happening.IsCompleted && clock.NextDue is { } next && next <= due)
                clock.Advance(next - clock.GetUtcNow());
        }

        clock.AdvanceTo(due);
        return await happening;
    }
}
