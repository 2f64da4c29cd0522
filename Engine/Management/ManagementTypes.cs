namespace Orleans.Runtime
{
    /// <summary>Where a silo is in its life.</summary>
    public enum SiloStatus
    {
        None = 0,
        Created = 1,
        Joining = 2,
        Active = 3,
        ShuttingDown = 4,
        Stopping = 5,
        Dead = 6,
    }

    public static class SiloStatusExtensions
    {
        /// <summary>Whether the silo is on its way out, or gone.</summary>
        public static bool IsTerminating(this SiloStatus siloStatus) =>
            siloStatus is SiloStatus.ShuttingDown or SiloStatus.Stopping or SiloStatus.Dead;
    }

    /// <summary>The silo in this process.</summary>
    public interface ILocalSiloDetails
    {
        string Name { get; }

        string ClusterId { get; }

        string DnsHostName { get; }

        SiloAddress SiloAddress { get; }

        SiloAddress GatewayAddress { get; }
    }

    /// <summary>How many activations of a grain class there are on a silo.</summary>
    [GenerateSerializer, Alias("Orleans.SimpleGrainStatistic")]
    public class SimpleGrainStatistic
    {
        /// <summary>The full name of the class.</summary>
        [Id(0)]
        public string GrainType { get; set; } = "";

        [Id(1)]
        public SiloAddress SiloAddress { get; set; } = SiloAddress.Zero;

        [Id(2)]
        public int ActivationCount { get; set; }
    }

    /// <summary>One activation.</summary>
    [GenerateSerializer, Alias("Orleans.DetailedGrainStatistic")]
    public class DetailedGrainStatistic
    {
        /// <summary>The full name of the class.</summary>
        [Id(0)]
        public string GrainType { get; set; } = "";

        [Id(1)]
        public SiloAddress SiloAddress { get; set; } = SiloAddress.Zero;

        [Id(2)]
        public GrainId GrainId { get; set; }
    }
}

namespace Orleans
{
    /// <summary>A silo as the cluster knows it.</summary>
    [GenerateSerializer, Alias("Orleans.MembershipEntry")]
    public sealed class MembershipEntry
    {
        [Id(0)]
        public Runtime.SiloAddress SiloAddress { get; set; } = Runtime.SiloAddress.Zero;

        [Id(1)]
        public Runtime.SiloStatus Status { get; set; }

        /// <summary>Where clients connect.</summary>
        [Id(2)]
        public int ProxyPort { get; set; }

        [Id(3)]
        public string HostName { get; set; } = "";

        [Id(4)]
        public string SiloName { get; set; } = "";

        [Id(5)]
        public string RoleName { get; set; } = "";

        /// <summary>UTC.</summary>
        [Id(6)]
        public DateTime StartTime { get; set; }

        /// <summary>When it last said that it lives (UTC).</summary>
        [Id(7)]
        public DateTime IAmAliveTime { get; set; }

        /// <summary>Who took it for dead, and when (UTC). Null or empty: nobody.</summary>
        [Id(8)]
        public List<Tuple<Runtime.SiloAddress, DateTime>>? SuspectTimes { get; set; }

        /// <summary>Kept for the layout; not used.</summary>
        [Id(9)]
        public int UpdateZone { get; set; }

        /// <inheritdoc cref="UpdateZone"/>
        [Id(10)]
        public int FaultZone { get; set; }

        /// <summary>Notes that a silo takes this one for dead.</summary>
        public void AddSuspector(Runtime.SiloAddress suspectingSilo, DateTime suspectingTime) =>
            SuspectTimes = [.. SuspectTimes ?? [], Tuple.Create(suspectingSilo, suspectingTime)];

        /// <summary>
        /// Notes that a silo takes this one for dead. Its earlier vote goes, and the oldest ones as far as there would
        /// be more than <paramref name="maxVotes"/>.
        /// </summary>
        public void AddOrUpdateSuspector(Runtime.SiloAddress localSilo, DateTime voteTime, int maxVotes)
        {
            var others = (SuspectTimes ?? []).Where(vote => !vote.Item1.Equals(localSilo));
            var kept = others.OrderByDescending(vote => vote.Item2).Take(Math.Max(0, maxVotes - 1)).Reverse();
            SuspectTimes = [.. kept, Tuple.Create(localSilo, voteTime)];
        }

        public override string ToString() => $"{SiloAddress}/{SiloName}/{Status}";

        public string ToFullString()
        {
            var votes = (SuspectTimes ?? []).Select(vote => $"{vote.Item1} at {vote.Item2:O}");
            return $"{this} ({RoleName}, host {HostName}, gateway port {ProxyPort}, started {StartTime:O}, "
                + $"alive {IAmAliveTime:O}, suspected by [{string.Join(", ", votes)}])";
        }

        internal MembershipEntry Copy()
        {
            var copy = (MembershipEntry)MemberwiseClone();
            copy.SuspectTimes = [.. SuspectTimes ?? []];
            return copy;
        }
    }
}
