using CoffeePayment.Grains;
using CoffeePayment.Orders;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>
/// Arbitrary lives: settings, registration and steps. Half of them are calm, half have everything in them.
/// </summary>
public static class Lives
{
    private const int StepsMax = 40;

    /// <summary>Lives, shrunk by leaving out steps.</summary>
    public static Arbitrary<Life> Arbitrary() => Arb.From(Generator(), WithFewerSteps);

    public static Gen<Life> Generator(int stepsMin = 0, int stepsMax = StepsMax) =>
        from options in Settings.Generator()
        from registeredAt in Times.Anywhere()
        from registration in Registrations.Generator(registeredAt)
        from isCalm in Gen.Elements(true, false)
        from count in Gen.Choose(stepsMin, stepsMax)
        from steps in Steps(registration.Price, isCalm).ListOf(count)
        select new Life(options, registration, registeredAt, steps);

    private static Gen<Step> Steps(Money price, bool isCalm) =>
        from @event in Events.Generator(price)
        from timing in Gen.Frequency(
            (isCalm ? 40 : 6, Gen.Constant(Timing.FromDue)),
            (1, Gen.Elements(Timing.FromFastTrackLimit, Timing.FromExpiry)),
            (isCalm ? 1 : 3, Gen.Constant(Timing.FromNow)))
        from apart in isCalm ? Times.Short() : Times.Any()
        from took in isCalm ? Times.Short() : Gen.Frequency((9, Times.Short()), (1, Times.Any()))
        from offset in Times.Offset()
        select new Step(timing, apart, @event, took, offset);

    private static IEnumerable<Life> WithFewerSteps(Life life)
    {
        for (var size = life.Steps.Count / 2; size > 0; size /= 2)
        {
            for (var start = 0; start < life.Steps.Count; start += size)
                yield return life with { Steps = [.. life.Steps.Take(start), .. life.Steps.Skip(start + size)] };
        }
    }
}

/// <summary>Settings within their ranges.</summary>
public static class Settings
{
    public static Gen<PaymentOptions> Generator() =>
        from fast in Gen.Elements(0.1, 1, 5, 7.3, 3600)
        from slowBy in Gen.Elements(0, 0.1, 55, 80_000)
        from limit in Gen.Elements(1, 10, 300, 86_400)
        from attempts in Gen.Choose(1, 12)
        from expiration in Gen.Elements(1, 60, 900, 30 * 86_400)
        from lateChecks in Gen.Choose(0, 5)
        from between in Gen.Elements(1, 300, 86_400)
        from deduplicates in Gen.Elements(true, false)
        from language in Gen.Elements(Enum.GetValues<CustomerLanguage>())
        select new PaymentOptions
        {
            FastTrackInterval = TimeSpan.FromSeconds(fast),
            SlowTrackInterval = TimeSpan.FromSeconds(fast + slowBy),
            FastTrackLimit = TimeSpan.FromSeconds(limit),
            AttemptsLimit = attempts,
            OrderExpiration = TimeSpan.FromSeconds(expiration),
            LateChecks = [.. Enumerable.Range(1, lateChecks).Select(n => TimeSpan.FromSeconds((double)n * between))],
            MachineDeduplicates = deduplicates,
            Language = language,
        };
}

/// <summary>Registrations whose times make sense, and some whose times do not.</summary>
public static class Registrations
{
    public static Gen<OrderRegistration> Generator(DateTimeOffset registeredAt) =>
        from scenario in Gen.Elements(Enum.GetValues<PaymentScenario>())
        from size in Gen.Elements(Enum.GetValues<DrinkSize>())
        from price in Gen.Elements(15_000, 1, 0, -1, long.MinValue, long.MaxValue)
        from startedAt in Time(registeredAt)
        from expiresAt in Time(registeredAt)
        select new OrderRegistration
        {
            Id = "order-1",
            MerchantId = "default",
            PaymentScenario = scenario,
            PaymentReferenceId = "payment-1",
            DeviceUuid = "machine-1",
            DrinkNumber = "7",
            Size = size,
            Price = new Money(price, "RUB"),
            PaymentStartedAt = startedAt,
            ExpiresAt = expiresAt,
        };

    private static Gen<DateTimeOffset?> Time(DateTimeOffset registeredAt) =>
        from apart in Gen.Frequency(
            (6, Gen.Constant<TimeSpan?>(null)),
            (3, Times.Short().Select(span => (TimeSpan?)span)),
            (1, Times.Any().Select(span => (TimeSpan?)span)))
        from offset in Times.Offset()
        select apart is { } span ? Clock.Show(Clock.Plus(registeredAt, span), offset) : (DateTimeOffset?)null;
}
