using System.Text;
using CoffeePayment.Engine.Identity;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>Who may join, who watches whom, and what it takes to declare a silo dead.</summary>
internal static class MembershipRules
{
    /// <summary>
    /// What precedes the fingerprint of a silo's contracts in <see cref="MembershipEntry.RoleName"/>.
    /// </summary>
    public const string RolePrefix = "Engine:";

    // As a member of the official packages would do it, which heartbeats by its own options.
    private const int OfficialHeartbeats = 3;

    /// <exception cref="OrleansConfigurationException">A living silo cannot form one cluster with this one.</exception>
    public static void ThrowUnlessCompatible(
        MembershipEntry self, IEnumerable<MembershipEntry> others, ClusterMembershipOptions options, DateTime utcNow)
    {
        foreach (var other in others)
        {
            if (other.Status is SiloStatus.Dead or SiloStatus.None or SiloStatus.Created
                || other.SiloAddress.Endpoint.Equals(self.SiloAddress.Endpoint)
                || other.RoleName == self.RoleName) continue;

            if (!other.RoleName.StartsWith(RolePrefix, StringComparison.Ordinal))
            {
                if (utcNow - LastHeard(other) > OfficialHeartbeats * options.IAmAliveTablePublishTimeout) continue;
                throw new OrleansConfigurationException(
                    $"Silo {self.SiloAddress} of the embedded engine does not form one cluster with the official "
                    + $"Orleans packages, and silo {other.SiloAddress} ({other.SiloName}) of those is alive.");
            }

            // One of ours that has not said for long that it lives is judged by probes, which it would answer.
            if (IsStale(other, options, utcNow)) continue;
            throw new OrleansConfigurationException(
                $"Silo {self.SiloAddress} has other grain contracts ({self.RoleName[RolePrefix.Length..]}) than silo "
                + $"{other.SiloAddress} ({other.RoleName[RolePrefix.Length..]}), which is alive: "
                + "builds with different contracts do not form one cluster.");
        }
    }

    /// <summary>Whether the silo has missed so many heartbeats that nobody counts on it.</summary>
    public static bool IsStale(MembershipEntry entry, ClusterMembershipOptions options, DateTime utcNow) =>
        utcNow - LastHeard(entry) > options.NumMissedTableIAmAliveLimit * options.IAmAliveTablePublishTimeout;

    /// <summary>
    /// Those that the silo watches: the ones that follow it on a ring ordered by hash, so everybody is watched by as
    /// many as watch.
    /// </summary>
    public static IEnumerable<SiloAddress> Watched(SiloAddress self, ClusterView view, int count)
    {
        var place = Place(self);
        return view.Members.Values
            .Where(entry => entry.Status is not SiloStatus.Dead && !entry.SiloAddress.Equals(self))
            .Select(entry => (Silo: entry.SiloAddress, Place: Place(entry.SiloAddress)))
            .OrderBy(other => other.Place.CompareTo(place) < 0)
            .ThenBy(other => other.Place)
            .Take(count)
            .Select(other => other.Silo);
    }

    /// <summary>
    /// The suspected silo's entry with one more vote, dead if that is enough; null if there is nothing to write.
    /// </summary>
    public static MembershipEntry? Vote(
        SiloAddress voter,
        MembershipEntry suspect,
        MembershipTableData table,
        ClusterMembershipOptions options,
        DateTime utcNow)
    {
        // Those that died themselves, or are long silent, neither vote nor are waited for.
        var voters = table.Members.Select(member => member.Item1)
            .Where(entry => entry.Status is SiloStatus.Active && !entry.SiloAddress.Equals(suspect.SiloAddress))
            .Where(entry => entry.SiloAddress.Equals(voter) || !IsStale(entry, options, utcNow))
            .Select(entry => entry.SiloAddress).ToHashSet();
        var votes = (suspect.SuspectTimes ?? [])
            .Where(vote => utcNow - vote.Item2 < options.DeathVoteExpirationTimeout).ToList();
        var fresh = votes.Select(vote => vote.Item1).Where(voters.Contains).Append(voter).Distinct().Count();
        var needed = Math.Max(1, Math.Min(options.NumVotesForDeathDeclaration, voters.Count));
        var hasVoted = votes.Exists(vote => vote.Item1.Equals(voter)
            && utcNow - vote.Item2 < options.DeathVoteExpirationTimeout / 2);
        if (fresh < needed && hasVoted) return null;

        var entry = suspect.Copy();
        entry.AddOrUpdateSuspector(voter, utcNow, Math.Max(1, options.NumVotesForDeathDeclaration));
        if (fresh >= needed) entry.Status = SiloStatus.Dead;
        return entry;
    }

    private static DateTime LastHeard(MembershipEntry entry) =>
        entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;

    private static (uint Hash, SiloAddress Silo) Place(SiloAddress silo) =>
        (StableHash.Compute(Encoding.UTF8.GetBytes(silo.ToParsableString())), silo);
}
