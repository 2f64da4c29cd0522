using Orleans.Serialization;
using Polly.Timeout;

namespace CoffeePayment.Api.Calls;

/// <summary>Tells calls that got lost with a silo, they or their answers, from those that failed.</summary>
internal static class LostCalls
{
    private static readonly string TimeoutName = typeof(TimeoutRejectedException).FullName!;

    /// <summary>Whether the call or its answer got lost with the silo that it went to, or by.</summary>
    public static bool IsLost(Exception exception) => exception switch
    {
        SiloUnavailableException or OrleansMessageRejectionException or TimeoutRejectedException => true,

        // A silo that asks another one in vain where a grain is throws what Polly throws (dotnet/orleans, pull request
        // 9819), and no Orleans can send that: who called hears of a type without a codec there, and would get a
        // stand-in from the embedded engine.
        CodecNotFoundException unknown => unknown.Message.Contains(TimeoutName, StringComparison.Ordinal),
        UnavailableExceptionFallbackException { ExceptionType: { } name } =>
            name.StartsWith(TimeoutName, StringComparison.Ordinal),
        _ => false,
    };
}
