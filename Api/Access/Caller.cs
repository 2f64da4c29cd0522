using System.Security.Claims;
using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Api.Access;

/// <summary>
/// Who a request comes from, as its <see cref="HttpContext.User"/>. One instance for each key and way to show it.
/// </summary>
internal sealed class Caller : ClaimsPrincipal
{
    /// <summary>
    /// Nobody that has shown a key: everybody on this machine where there are none, and senders of webhooks.
    /// </summary>
    public static readonly Caller Anonymous = new(key: null, CallerProof.None);

    public Caller(ApiKey? key, CallerProof proof)
        : base(new ClaimsIdentity(
            key is null ? [] : [new Claim(ClaimTypes.Name, key.Name)], key is null ? null : $"{proof}"))
    {
        Key = key;
        Proof = proof;
    }

    /// <summary>The key that was shown; null if none was.</summary>
    public ApiKey? Key { get; }

    /// <summary>What shows that it is they.</summary>
    public CallerProof Proof { get; }

    /// <summary>The key's name, or <c>anonymous</c>.</summary>
    public string Name => Key?.Name ?? "anonymous";

    /// <summary>Who the request comes from, once <see cref="AccessMiddleware"/> has seen it.</summary>
    public static Caller Of(HttpContext context) => context.User as Caller ?? Anonymous;
}

/// <summary>What shows who a request comes from.</summary>
internal enum CallerProof
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An API key in the request.</summary>
    Key,

    /// <summary>A session's cookie, which browsers send whoever makes them.</summary>
    Session,
}
