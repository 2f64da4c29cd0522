namespace CoffeePayment.Tests.Decisions;

/// <summary>Times in tests of the rules: seconds after the customer was sent to the payment page.</summary>
public static class Moment
{
    private static readonly DateTimeOffset PaymentStart = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The time so many seconds after the payment started; exact to the tick.</summary>
    public static DateTimeOffset At(decimal seconds) =>
        PaymentStart.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));

    /// <summary>The time in seconds after the payment started, for messages.</summary>
    public static string Show(DateTimeOffset? time) =>
        time is { } known ? $"{(decimal)(known - PaymentStart).Ticks / TimeSpan.TicksPerSecond:0.#######} s" : "never";
}
