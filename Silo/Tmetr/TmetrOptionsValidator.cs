using Microsoft.Extensions.Options;

namespace CoffeePayment.Silo.Tmetr;

/// <summary>Checks what annotations cannot say. Names no secret.</summary>
public sealed class TmetrOptionsValidator : IValidateOptions<TmetrOptions>
{
    public ValidateOptionsResult Validate(string? name, TmetrOptions options)
    {
        var failures = Failures(options).ToList();

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(TmetrOptions options)
    {
        if (options.Url is { } url && !IsAddress(url))
            yield return "TMETR_HOST must be an http or https address without user name, query or fragment.";

        if (options.Token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            yield return "TMETR_TOKEN must consist of printable ASCII characters without spaces.";
    }

    private static bool IsAddress(Uri url) =>
        url.IsAbsoluteUri
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.UserInfo.Length == 0
        && url.Query.Length == 0
        && url.Fragment.Length == 0;
}
