using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CoffeePayment.Engine.Scheduling;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>The membership as the public API shows it.</summary>
internal sealed class ClusterMembershipService : IClusterMembershipService, IMembershipObserver, IDisposable
{
    private readonly IMembership _membership;
    private volatile Update _last;

    public ClusterMembershipService(IMembership membership)
    {
        _membership = membership;
        _last = new Update(SnapshotOf(membership.Current));
        membership.Observe(this);
    }

    public ClusterMembershipSnapshot CurrentSnapshot => SnapshotOf(_membership.Current);

    public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => ReadUpdatesAsync();

    public async ValueTask Refresh(
        MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
    {
        // Version 0 is what a caller passes who wants to know about now.
        var version = minimumVersion.Value == 0 ? long.MaxValue : minimumVersion.Value;
        await _membership.RefreshAsync(version, cancellationToken);
    }

    public Task<bool> TryKill(SiloAddress siloAddress) =>
        _membership.DeclareDeadAsync(siloAddress, CancellationToken.None);

    public void ViewChanged(ClusterView before, ClusterView now)
    {
        // Readers follow the chain at their own pace; what all have read is collected.
        var update = new Update(SnapshotOf(now));
        var last = _last;
        _last = update;
        last.Next.TrySetResult(update);
    }

    public void DeclaredDead(string reason) => Dispose();

    public void Dispose() => _last.Next.TrySetResult(null);

    private async IAsyncEnumerable<ClusterMembershipSnapshot> ReadUpdatesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var update = _last; update is not null; update = await NextOf(update))
            yield return update.Snapshot;

        Task<Update?> NextOf(Update update) => update.Next.Task.InTurns().WaitAsync(cancellationToken);
    }

    private static ClusterMembershipSnapshot SnapshotOf(ClusterView view) => new(
        view.Members.Values.ToImmutableDictionary(
            entry => entry.SiloAddress,
            entry => new ClusterMember(entry.SiloAddress, entry.Status, entry.SiloName)),
        new MembershipVersion(view.Version));

    private sealed class Update(ClusterMembershipSnapshot snapshot)
    {
        public ClusterMembershipSnapshot Snapshot { get; } = snapshot;

        public TaskCompletionSource<Update?> Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
