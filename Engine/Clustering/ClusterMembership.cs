using System.Collections.Immutable;
using System.Globalization;

namespace Orleans.Runtime;

/// <summary>A version of the cluster's membership; later ones are greater.</summary>
[GenerateSerializer, Immutable]
public readonly struct MembershipVersion(long version) : IComparable<MembershipVersion>, IEquatable<MembershipVersion>
{
    [Id(0)]
    public long Value { get; init; } = version;

    /// <summary>Before any that was ever read.</summary>
    public static MembershipVersion MinValue => new(long.MinValue);

    public static bool operator ==(MembershipVersion left, MembershipVersion right) => left.Value == right.Value;

    public static bool operator !=(MembershipVersion left, MembershipVersion right) => left.Value != right.Value;

    public static bool operator <(MembershipVersion left, MembershipVersion right) => left.Value < right.Value;

    public static bool operator <=(MembershipVersion left, MembershipVersion right) => left.Value <= right.Value;

    public static bool operator >(MembershipVersion left, MembershipVersion right) => left.Value > right.Value;

    public static bool operator >=(MembershipVersion left, MembershipVersion right) => left.Value >= right.Value;

    public int CompareTo(MembershipVersion other) => Value.CompareTo(other.Value);

    public bool Equals(MembershipVersion other) => Value == other.Value;

    public override bool Equals(object? obj) => obj is MembershipVersion other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One silo of the cluster.</summary>
[GenerateSerializer, Immutable]
public sealed class ClusterMember(SiloAddress siloAddress, SiloStatus status, string name) : IEquatable<ClusterMember>
{
    [Id(0)]
    public SiloAddress SiloAddress { get; } = siloAddress;

    [Id(1)]
    public SiloStatus Status { get; } = status;

    [Id(2)]
    public string Name { get; } = name;

    public bool Equals(ClusterMember? other) => other is not null && SiloAddress.Equals(other.SiloAddress)
        && Status == other.Status && string.Equals(Name, other.Name, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as ClusterMember);

    public override int GetHashCode() => SiloAddress.GetHashCode();

    public override string ToString() => $"{SiloAddress}/{Name}/{Status}";
}

/// <summary>The members of the cluster at one version, the dead that are still listed among them.</summary>
[GenerateSerializer, Immutable]
public sealed class ClusterMembershipSnapshot(
    ImmutableDictionary<SiloAddress, ClusterMember> members, MembershipVersion version)
{
    [Id(0)]
    public ImmutableDictionary<SiloAddress, ClusterMember> Members { get; } = members;

    [Id(1)]
    public MembershipVersion Version { get; } = version;

    /// <summary>
    /// The silo's status. One that is not listed is <see cref="SiloStatus.Dead"/> if its successor is, otherwise
    /// <see cref="SiloStatus.None"/>.
    /// </summary>
    public SiloStatus GetSiloStatus(SiloAddress silo)
    {
        if (Members.TryGetValue(silo, out var member)) return member.Status;
        return Members.Keys.Any(other => other.Endpoint.Equals(silo.Endpoint) && other.Generation > silo.Generation)
            ? SiloStatus.Dead
            : SiloStatus.None;
    }
}

/// <summary>Tells which silos the cluster has.</summary>
public interface IClusterMembershipService
{
    ClusterMembershipSnapshot CurrentSnapshot { get; }

    /// <summary>The current snapshot, then every later one. Endless until the silo stops.</summary>
    IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates { get; }

    /// <summary>Reads the table again unless that version is known already.</summary>
    ValueTask Refresh(
        MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default);

    /// <summary>Declares the silo dead.</summary>
    Task<bool> TryKill(SiloAddress siloAddress);
}
