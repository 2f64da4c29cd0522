using System.Runtime.InteropServices;
using Orleans;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>What calls came to from one sample to the next.</summary>
[StructLayout(LayoutKind.Auto)]
[GenerateSerializer, Immutable, Alias("CoffeePayment.Engine.CallSample")]
internal readonly record struct CallSample
{
    [Id(0)]
    public long Calls { get; init; }

    /// <summary>Those of the calls that threw.</summary>
    [Id(1)]
    public long Failures { get; init; }

    /// <summary>Those of the calls that were timed.</summary>
    [Id(2)]
    public long Timed { get; init; }

    /// <summary>How long those took together, their waiting for a turn not included.</summary>
    [Id(3)]
    public TimeSpan Elapsed { get; init; }

    /// <summary>How long the longest of those took.</summary>
    [Id(4)]
    public TimeSpan Slowest { get; init; }

    public static CallSample operator +(CallSample one, CallSample other) => new()
    {
        Calls = one.Calls + other.Calls,
        Failures = one.Failures + other.Failures,
        Timed = one.Timed + other.Timed,
        Elapsed = one.Elapsed + other.Elapsed,
        Slowest = one.Slowest > other.Slowest ? one.Slowest : other.Slowest,
    };

    /// <summary>How long one took; null where none was timed.</summary>
    public double? MeanMilliseconds => Timed == 0 ? null : Elapsed.TotalMilliseconds / Timed;
}
