using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Yookassa;

/// <summary>
/// Checks accounts and addresses, and how the numbers relate; their ranges are annotations. Names no secret.
/// </summary>
public sealed class YookassaOptionsValidator : IValidateOptions<YookassaOptions>
{
    public ValidateOptionsResult Validate(string? name, YookassaOptions options)
    {
        var failures = Failures(options).ToList();

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(YookassaOptions options)
    {
        if (!IsAddress(options.ApiUrl))
            yield return "YOOKASSA_API_URL must be an http or https address without user name, query or fragment.";

        if (options.BreakDurationMax < options.BreakDuration)
            yield return $"BreakDurationMax is '{options.BreakDurationMax}': it must be at least BreakDuration.";

        foreach (var (id, merchant) in options.Merchants)
        {
            // A colon would end the user name of basic authentication early.
            if (merchant.AccountId.Length == 0 || merchant.AccountId.Contains(':', StringComparison.Ordinal))
                yield return $"The YooKassa account id of merchant '{id}' must be set and have no colon.";

            if (merchant.SecretKey.Length == 0)
                yield return $"The YooKassa secret key of merchant '{id}' must be set.";

            if (merchant.ApiUrl is not null && !IsAddress(merchant.ApiUrl))
                yield return $"The YooKassa address of merchant '{id}' must be like YOOKASSA_API_URL.";
        }
    }

    private static bool IsAddress(Uri url) =>
        url.IsAbsoluteUri
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0
        && url.Query.Length == 0
        && url.Fragment.Length == 0;
}
