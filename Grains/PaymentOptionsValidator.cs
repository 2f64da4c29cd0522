using Microsoft.Extensions.Options;

namespace CoffeePayment.Grains;

/// <summary>Checks how the payment settings relate to each other; their ranges are annotations.</summary>
public sealed class PaymentOptionsValidator : IValidateOptions<PaymentOptions>
{
    public ValidateOptionsResult Validate(string? name, PaymentOptions options)
    {
        var failures = Failures(options).ToList();

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(PaymentOptions options)
    {
        if (options.SlowTrackInterval < options.FastTrackInterval)
        {
            yield return $"SLOW_TRACK_INTERVAL_S is '{options.SlowTrackInterval.TotalSeconds}': " +
                $"it must be at least FAST_TRACK_INTERVAL_S ({options.FastTrackInterval.TotalSeconds}).";
        }

        if (options.LateChecks.Any(after => after <= TimeSpan.Zero)
            || options.LateChecks.Zip(options.LateChecks.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            yield return $"LATE_CHECKS is '{string.Join(',', options.LateChecks)}': " +
                "the times must be greater than zero and ascending.";
        }
    }
}
