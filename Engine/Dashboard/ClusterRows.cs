using System.Text.Json.Serialization;
using Orleans;

namespace CoffeePayment.Engine.Dashboard;

/// <summary>A silo. What it says of itself is null where it does not answer.</summary>
internal sealed record SiloRow
{
    public required string Address { get; init; }

    public required string Name { get; init; }

    public required string Host { get; init; }

    public required string Status { get; init; }

    public required DateTime StartedAt { get; init; }

    public required bool Answers { get; init; }

    public string? Version { get; init; }

    public int? Cores { get; init; }

    /// <summary>0 to 1, of all cores, the newest last.</summary>
    public double[]? Cpu { get; init; }

    public long? ResidentBytes { get; init; }

    public long? HeapBytes { get; init; }

    public long? QueuedWork { get; init; }

    public long? Activations { get; init; }

    public CallSummary? Calls { get; init; }

    public static SiloRow Of(MembershipEntry entry, SiloFigures? figures, CallHistory history) => new()
    {
        Address = entry.SiloAddress.ToString(),
        Name = entry.SiloName,
        Host = entry.HostName,
        Status = entry.Status.ToString(),
        StartedAt = entry.StartTime,
        Answers = figures is not null,
        Version = figures?.Version,
        Cores = figures?.Cores,
        Cpu = figures?.Cpu,
        ResidentBytes = figures?.ResidentBytes,
        HeapBytes = figures?.HeapBytes,
        QueuedWork = figures?.QueuedWork,
        Activations = figures?.Activations.Sum(active => active.Count),
        Calls = figures is null ? null : CallSummary.Of(figures.Methods, history),
    };
}

/// <summary>A grain class.</summary>
internal sealed record GrainRow
{
    /// <summary>Its full name.</summary>
    public required string GrainClass { get; init; }

    public required long Activations { get; init; }

    public required CallSummary Calls { get; init; }

    /// <summary>The one with the most calls first.</summary>
    public required MethodRow[] Methods { get; init; }

    public static GrainRow[] Of(
        IEnumerable<(MembershipEntry Entry, SiloFigures? Figures)> silos,
        IEnumerable<MethodFigures> methods,
        CallHistory history)
    {
        var activations = silos.SelectMany(silo => silo.Figures?.Activations ?? [])
            .ToLookup(active => active.GrainClass, active => active.Count, StringComparer.Ordinal);
        var calls = methods.ToLookup(method => method.GrainClass, StringComparer.Ordinal);
        var classes = activations.Select(one => one.Key).Union(calls.Select(one => one.Key), StringComparer.Ordinal);
        return
        [
            .. classes.Select(grainClass => new GrainRow
            {
                GrainClass = grainClass,
                Activations = activations[grainClass].Sum(),
                Calls = CallSummary.Of([.. calls[grainClass]], history),
                Methods = MethodRow.Of(calls[grainClass], history),
            })
            .OrderByDescending(row => row.Calls.Total)
            .ThenBy(row => row.GrainClass, StringComparer.Ordinal),
        ];
    }
}

/// <summary>A method of a grain class, its overloads together.</summary>
internal sealed record MethodRow(string Method, CallSummary Calls)
{
    public static MethodRow[] Of(IEnumerable<MethodFigures> methods, CallHistory history) =>
    [
        .. methods.GroupBy(method => method.Method, StringComparer.Ordinal)
            .Select(group => new MethodRow(group.Key, CallSummary.Of([.. group], history)))
            .OrderByDescending(row => row.Calls.Total)
            .ThenBy(row => row.Method, StringComparer.Ordinal),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ClusterFigures))]
internal sealed partial class DashboardJson : JsonSerializerContext;
