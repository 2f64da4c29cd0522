using CoffeePayment.Engine.Hosting;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>The membership of a silo that is alone: nobody else can join, so there is no table.</summary>
internal sealed class SoleMembership(Silo silo) : IMembership
{
    private readonly List<IMembershipObserver> _observers = [];
    private volatile ClusterView _current = ClusterView.Empty;

    public ClusterView Current => _current;

    public void Observe(IMembershipObserver observer) => _observers.Add(observer);

    public Task<ClusterView> RefreshAsync(long minimumVersion, CancellationToken cancellationToken) =>
        Task.FromResult(_current);

    public Task JoinAsync(CancellationToken cancellationToken) => SetStatusAsync(SiloStatus.Joining, cancellationToken);

    public Task SetStatusAsync(SiloStatus status, CancellationToken cancellationToken)
    {
        var before = _current;
        var now = new ClusterView(Math.Max(0, before.Version) + 1, [silo.ToMembershipEntry(status)]);
        _current = now;
        foreach (var observer in _observers) observer.ViewChanged(before, now);
        return Task.CompletedTask;
    }
}
