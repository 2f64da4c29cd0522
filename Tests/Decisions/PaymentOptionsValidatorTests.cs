using System.ComponentModel.DataAnnotations;
using CoffeePayment.Grains;

namespace CoffeePayment.Tests.Decisions;

public sealed class PaymentOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreFine()
    {
        Assert.True(Validate(new PaymentOptions()).Succeeded);
        Assert.Empty(RangeErrors(new PaymentOptions()));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public void Validate_SlowNotBelowFast_IsFine(double slow) =>
        Assert.True(Validate(new PaymentOptions { SlowTrackInterval = TimeSpan.FromSeconds(slow) }).Succeeded);

    [Fact]
    public void Validate_SlowBelowFast_NamesBothSettingsAndValues() => Assert.Equal(
        ["SLOW_TRACK_INTERVAL_S is '4.5': it must be at least FAST_TRACK_INTERVAL_S (5)."],
        Validate(new PaymentOptions { SlowTrackInterval = TimeSpan.FromSeconds(4.5) }).Failures);

    [Theory]
    [InlineData("")]
    [InlineData("00:00:05")]
    [InlineData("00:00:00.0000001,365.00:00:00")]
    public void Validate_LateChecksAscending_AreFine(string times) =>
        Assert.True(Validate(LateChecks(times)).Succeeded);

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-00:05:00")]
    [InlineData("00:00:00,01:00:00")]
    [InlineData("01:00:00,00:05:00")]
    [InlineData("00:05:00,00:05:00")]
    [InlineData("00:05:00,01:00:00,00:30:00")]
    public void Validate_LateChecksNotAscendingOrNotGreaterThanZero_NamesThem(string times) => Assert.Equal(
        [$"LATE_CHECKS is '{times}': the times must be greater than zero and ascending."],
        Validate(LateChecks(times)).Failures);

    [Fact]
    public void Validate_SeveralMistakes_NamesAll()
    {
        var options = LateChecks("00:00:00");
        options.SlowTrackInterval = TimeSpan.FromSeconds(1);

        Assert.Equal(2, Validate(options).Failures!.Count());
    }

    [Theory]
    [InlineData(nameof(PaymentOptions.SweepPeriod), 1, 3600)]
    [InlineData(nameof(PaymentOptions.FastTrackLimit), 1, 86_400)]
    [InlineData(nameof(PaymentOptions.FastTrackInterval), 0.1, 3600)]
    [InlineData(nameof(PaymentOptions.SlowTrackInterval), 0.1, 86_400)]
    [InlineData(nameof(PaymentOptions.ApiTimeout), 0.1, 20)]
    [InlineData(nameof(PaymentOptions.OrderExpiration), 1, 30 * 86_400)]
    [InlineData(nameof(PaymentOptions.Retention), 86_400, 3650.0 * 86_400)]
    public void Range_OfATime_IncludesItsEndsAndNothingBeyond(string name, double leastSeconds, double mostSeconds)
    {
        var (least, most) = (TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(mostSeconds));
        var tick = TimeSpan.FromTicks(1);

        Assert.Empty(RangeErrors(With(name, least)));
        Assert.Empty(RangeErrors(With(name, most)));
        Assert.Equal([name], RangeErrors(With(name, least - tick)));
        Assert.Equal([name], RangeErrors(With(name, most + tick)));
        Assert.Equal([name], RangeErrors(With(name, TimeSpan.Zero)));
        Assert.Equal([name], RangeErrors(With(name, -least)));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1000, true)]
    [InlineData(0, false)]
    [InlineData(1001, false)]
    [InlineData(-1, false)]
    public void Range_OfTheAttemptsLimit_Is1To1000(int limit, bool isFine) => Assert.Equal(
        isFine ? [] : [nameof(PaymentOptions.AttemptsLimit)],
        RangeErrors(new PaymentOptions { AttemptsLimit = limit }));

    [Fact]
    public void SweepGrace_Always_IsAFastIntervalAndARequest() => Assert.Equal(
        TimeSpan.FromSeconds(9.5),
        new PaymentOptions
        {
            FastTrackInterval = TimeSpan.FromSeconds(7),
            ApiTimeout = TimeSpan.FromSeconds(2.5),
        }.SweepGrace);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(PaymentOptions options) =>
        new PaymentOptionsValidator().Validate(name: null, options);

    private static PaymentOptions LateChecks(string times) => new()
    {
        LateChecks = [.. times.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(TimeSpan.Parse)],
    };

    private static PaymentOptions With(string name, TimeSpan value)
    {
        var options = new PaymentOptions();
        typeof(PaymentOptions).GetProperty(name)!.SetValue(options, value);
        return options;
    }

    private static IEnumerable<string> RangeErrors(PaymentOptions options)
    {
        var errors = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true);
        return errors.SelectMany(error => error.MemberNames);
    }
}
