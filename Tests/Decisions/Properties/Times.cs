using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>Times and spans, the edges included.</summary>
public static class Times
{
    private static readonly DateTimeOffset Today = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Mostly today; sometimes where times begin or end.</summary>
    public static Gen<DateTimeOffset> Anywhere() =>
        from time in Gen.Frequency(
            (20, Gen.Constant(Today)),
            (1, Gen.Elements(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch)))
        from apart in Short()
        from offset in Offset()
        select Clock.Show(Clock.Plus(time, apart), offset);

    public static Gen<TimeSpan> Offset() => Gen.Frequency(
        (3, Gen.Constant(TimeSpan.Zero)),
        (1, Gen.Choose(-14 * 60, 14 * 60).Select(minutes => TimeSpan.FromMinutes(minutes))));

    /// <summary>None, a hair, or up to ten seconds.</summary>
    public static Gen<TimeSpan> Short() => Gen.OneOf(
        Gen.Elements(TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1)),
        Gen.Choose(0, 10_000).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds)));

    /// <summary>Forward or back, from a hair to longer than there are times.</summary>
    public static Gen<TimeSpan> Any() =>
        from span in Gen.Frequency(
            (6, Short()),
            (3, Gen.Choose(0, 4000).Select(seconds => TimeSpan.FromSeconds(seconds))),
            (2, Gen.Choose(0, 100).Select(hours => TimeSpan.FromHours(hours))),
            (1, Gen.Elements(TimeSpan.FromDays(36_500), TimeSpan.MaxValue)))
        from isBack in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select isBack ? -span : span;
}
