using CoffeePayment.Hosting.Access;

namespace CoffeePayment.Tests.Api;

/// <summary>Makes API keys as <c>API_KEYS</c> does, each called after its place.</summary>
internal static class TestKeys
{
    public static IReadOnlyList<ApiKey> Of(params string[] keys) =>
        [.. keys.Select((key, i) => ApiKey.FromKey($"key-{i + 1}", key))];
}
