using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.Faults;

/// <summary>When something last went wrong: what the checkers of deadlines take into account.</summary>
internal sealed class Disturbances(Scheduler scheduler)
{
    /// <summary>What a silo that is told to stop counts as.</summary>
    public const string Stop = "stop";

    /// <summary>What the end of all faults counts as: it disturbs too.</summary>
    public const string End = "the end of all faults";

    /// <summary>Long before the world began, and yet near enough to calculate with.</summary>
    public static readonly long Never = -TimeSpan.FromDays(1_000).Ticks;

    /// <summary>The last of all, since the world began, in ticks; what lasts reaches into the future.</summary>
    public long Until => Math.Max(KillsUntil, OthersUntil);

    /// <summary>When the cluster last noticed that a silo was killed.</summary>
    public long KillsUntil { get; private set; } = Never;

    /// <summary>The last but kills.</summary>
    public long OthersUntil { get; private set; } = Never;

    /// <summary>The last that may make silos take each other for dead, or live on unknown to the others.</summary>
    public long ClusterUntil { get; private set; } = Never;

    public Dictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    /// <summary>It went wrong just now, or goes wrong for that long from now.</summary>
    public void Note(string what, TimeSpan duration = default)
    {
        Count(what);
        OthersUntil = Math.Max(OthersUntil, scheduler.Elapsed + duration.Ticks);
    }

    /// <summary>
    /// The same for what silos may take for each other's death, or what keeps one from knowing of its own.
    /// </summary>
    public void NoteInCluster(string what, TimeSpan duration = default)
    {
        Note(what, duration);
        ClusterUntil = Math.Max(ClusterUntil, scheduler.Elapsed + duration.Ticks);
    }

    public void NoteKill()
    {
        Count("kill");
        KillLasts();
    }

    /// <summary>A silo was killed, and the cluster has not noticed yet.</summary>
    public void KillLasts() => (KillsUntil, ClusterUntil) =
        (Math.Max(KillsUntil, scheduler.Elapsed), Math.Max(ClusterUntil, scheduler.Elapsed));

    /// <summary>It does no harm to any deadline.</summary>
    public void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;
}
