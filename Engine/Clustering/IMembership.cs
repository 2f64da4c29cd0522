using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// This silo's part in the cluster: what it knows of the others, and what they know of it.
/// </summary>
internal interface IMembership
{
    ClusterView Current { get; }

    /// <summary>
    /// Whether this silo knows that it is a member. False after a pause of the process, until the table has been read
    /// again, and for good once it was declared dead. Cheap, and right from the first instruction after a pause: for
    /// timers and storage writes.
    /// </summary>
    bool EnsureCertain() => true;

    /// <summary>Before the silo joins.</summary>
    void Observe(IMembershipObserver observer);

    /// <summary>Reads the table unless that version is known already, and returns what is known then.</summary>
    Task<ClusterView> RefreshAsync(long minimumVersion, CancellationToken cancellationToken);

    /// <summary>Lists this silo as joining, having checked that it may join and can reach the others.</summary>
    Task JoinAsync(CancellationToken cancellationToken);

    /// <summary>Sets this silo's status, and tells the others that there is a new version.</summary>
    Task SetStatusAsync(SiloStatus status, CancellationToken cancellationToken);

    /// <summary>Declares another silo dead. False: it is not listed, or was dead already.</summary>
    Task<bool> DeclareDeadAsync(SiloAddress silo, CancellationToken cancellationToken) => Task.FromResult(false);
}

/// <summary>
/// Who follows the cluster's membership. Called in order, one call at a time; must return soon and not throw.
/// </summary>
internal interface IMembershipObserver
{
    /// <summary>Called with each new view, when it is the current one already.</summary>
    void ViewChanged(ClusterView before, ClusterView now);

    /// <summary>Called once if the cluster has declared this silo dead: it must stop acting at once.</summary>
    void DeclaredDead(string reason);

    /// <summary>The process was paused: this silo does not know whether it is still a member.</summary>
    void Uncertain()
    {
    }

    /// <summary>It is, as the table says.</summary>
    void Certain()
    {
    }
}

/// <summary>
/// One more condition under which this silo may join; all that are registered are asked, before it does.
/// </summary>
internal interface IJoinCheck
{
    /// <exception cref="OrleansConfigurationException">It may not join, and why, in one line.</exception>
    Task CheckAsync(MembershipEntry self, CancellationToken cancellationToken);
}
