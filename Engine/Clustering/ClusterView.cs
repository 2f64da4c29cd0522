using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// The cluster as one version of the membership table has it, and where each grain lives in it. The home of a grain is
/// the active silo with the highest hash of grain and silo (rendezvous hashing), so every silo with the same view finds
/// the same one without asking, a silo that goes moves its own grains only, and one that comes moves to itself only
/// what it is to have. (Thaler and Ravishankar, "Using name-based mappings to increase hit rates", 1998)
/// </summary>
internal sealed class ClusterView
{
    private readonly SiloAddress[] _active;
    private readonly ulong[] _seeds;

    public ClusterView(long version, IEnumerable<MembershipEntry> entries)
    {
        Version = version;
        Members = entries.ToImmutableDictionary(entry => entry.SiloAddress);
        _active = [.. Members.Values.Where(entry => entry.Status == SiloStatus.Active)
            .Select(entry => entry.SiloAddress).Order()];

        // By endpoint alone: a silo that was restarted gets back the grains that it had.
        _seeds = [.. _active.Select(silo => Mix((uint)Identity.StableHash.Compute(
            System.Text.Encoding.UTF8.GetBytes(silo.Endpoint.ToString()))))];
    }

    public static ClusterView Empty { get; } = new(long.MinValue, []);

    public long Version { get; }

    /// <summary>All that are listed, the dead among them.</summary>
    public ImmutableDictionary<SiloAddress, MembershipEntry> Members { get; }

    /// <summary>The silos on which grains live, in a fixed order.</summary>
    public IReadOnlyList<SiloAddress> Active => _active;

    /// <summary>The silos that may hold grains: active, or about to leave.</summary>
    public IEnumerable<SiloAddress> Living => Members.Values
        .Where(entry => entry.Status is SiloStatus.Active or SiloStatus.ShuttingDown or SiloStatus.Stopping)
        .Select(entry => entry.SiloAddress);

    public SiloStatus StatusOf(SiloAddress silo) =>
        Members.TryGetValue(silo, out var entry) ? entry.Status : SiloStatus.None;

    /// <summary>The silo on which the grain lives; null while there is no active one.</summary>
    public SiloAddress? HomeOf(GrainId grainId)
    {
        if (_active.Length <= 1) return _active.Length == 1 ? _active[0] : null;

        var grain = (ulong)grainId.GetUniformHashCode();
        var best = 0;
        var highest = 0ul;
        for (var i = 0; i < _seeds.Length; i++)
        {
            var weight = Mix(grain ^ _seeds[i]);
            if (weight < highest) continue;
            highest = weight;
            best = i;
        }

        return _active[best];
    }

    // The finalizer of SplitMix64: every bit of the input changes every bit of the output with probability 1/2.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
