using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// This silo's part in the cluster: what it knows of the others, and what they know of it.
/// </summary>
internal interface IMembership
{
    ClusterView Current { get; }

    /// <summary>Before the silo joins.</summary>
    void Observe(IMembershipObserver observer);

    /// <summary>Reads the table unless that version is known already, and returns what is known then.</summary>
    Task<ClusterView> RefreshAsync(long minimumVersion, CancellationToken cancellationToken);

    /// <summary>Lists this silo as joining, having checked that it may join and can reach the others.</summary>
    Task JoinAsync(CancellationToken cancellationToken);

    /// <summary>Sets this silo's status, and tells the others that there is a new version.</summary>
    Task SetStatusAsync(SiloStatus status, CancellationToken cancellationToken);
}

/// <summary>Who follows the cluster's membership. Called in order, one call at a time; must return soon and not throw.</summary>
internal interface IMembershipObserver
{
    /// <summary>Called with each new view, when it is the current one already.</summary>
    void ViewChanged(ClusterView before, ClusterView now);

    /// <summary>Called once if the cluster has declared this silo dead: it must stop acting at once.</summary>
    void DeclaredDead(string reason);
}
