using System.Collections.Frozen;
using System.Net;
using CoffeePayment.Hosting.Access;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Api.Limits;

/// <summary>How much of this process anybody may take up. Each process counts for itself.</summary>
internal sealed class RequestLimits
{
    /// <summary>How many wrong keys an address may show before it has to wait: slips, and no guessing.</summary>
    public const int WrongKeysMax = 10;

    private const double WrongKeysPerSecond = 1.0 / 6;

    // An address that floods leaves room for others. The provider sends from several.
    private const int ShareOfAnAddress = 4;

    private readonly FrozenDictionary<string, TokenBucket> _keys;
    private readonly TokenBucket? _webhooks;
    private readonly AddressBuckets? _webhookAddresses;

    public RequestLimits(IOptions<ApiOptions> options, TimeProvider time)
    {
        var (perKey, webhooks) = (options.Value.RateLimit, options.Value.WebhookRateLimit);
        var limited = perKey > 0 ? options.Value.Keys : [];
        _keys = limited.ToFrozenDictionary(
            key => key.Name, _ => new TokenBucket(perKey, perKey, time), StringComparer.Ordinal);
        WrongKeys = new AddressBuckets(WrongKeysPerSecond, WrongKeysMax, time);
        if (webhooks == 0) return;

        var perAddress = Math.Max(1, webhooks / ShareOfAnAddress);
        _webhooks = new TokenBucket(webhooks, webhooks, time);
        _webhookAddresses = new AddressBuckets(perAddress, perAddress, time);
    }

    /// <summary>What each address may still get wrong.</summary>
    public AddressBuckets WrongKeys { get; }

    /// <summary>Counts a request with a key; false if there were too many, and then when to come back.</summary>
    public bool TryTake(ApiKey key, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        return !_keys.TryGetValue(key.Name, out var bucket) || bucket.TryTake(out retryAfter);
    }

    /// <summary>Counts a webhook; false if there were too many, from there or at all, and then until when.</summary>
    public bool TryTakeWebhook(IPAddress? from, out TimeSpan retryAfter)
    {
        retryAfter = TimeSpan.Zero;
        return _webhooks is null
            || (_webhookAddresses!.Of(from).TryTake(out retryAfter) && _webhooks.TryTake(out retryAfter));
    }
}
