namespace Orleans.Configuration;

/// <summary>How the silos of a cluster watch each other. Names and defaults are those of Orleans.</summary>
public class ClusterMembershipOptions
{
    /// <summary>Whether silos that do not answer are declared dead. Default: true.</summary>
    public bool LivenessEnabled { get; set; } = true;

    /// <summary>How many probes in a row must fail before a silo is suspected. Default: 3.</summary>
    public int NumMissedProbesLimit { get; set; } = 3;

    /// <summary>How often a silo is probed, and how long it has to answer. Default: 5 s.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the table is read even if nobody told of a change. Default: 60 s.</summary>
    public TimeSpan TableRefreshTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a suspicion counts. Default: 180 s.</summary>
    public TimeSpan DeathVoteExpirationTimeout { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>How often a silo writes that it is alive. Default: 30 s.</summary>
    public TimeSpan IAmAliveTablePublishTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many of these writes a silo may miss until those that join need not reach it. Default: 3.
    /// </summary>
    public int NumMissedTableIAmAliveLimit { get; set; } = 3;

    /// <summary>How long a silo tries to join before its start fails. Default: 5 min.</summary>
    public TimeSpan MaxJoinAttemptTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many others each silo probes. Default: 10.</summary>
    public int NumProbedSilos { get; set; } = 10;

    /// <summary>
    /// How many silos must suspect one before it is declared dead; fewer are enough if there are not so many.
    /// Default: 2.
    /// </summary>
    public int NumVotesForDeathDeclaration { get; set; } = 2;

    /// <summary>Whether a silo tells the others when it changed the table. Default: true.</summary>
    public bool UseLivenessGossip { get; set; } = true;

    /// <summary>How long the dead stay listed. Default: 7 days.</summary>
    public TimeSpan DefunctSiloExpiration { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often the dead that are listed too long are removed; null: never. Default: 1 h.</summary>
    public TimeSpan? DefunctSiloCleanupPeriod { get; set; } = TimeSpan.FromHours(1);
}
