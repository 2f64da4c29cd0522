using CoffeePayment.Engine.Clustering;
using EngineSilo = CoffeePayment.Engine.Hosting.Silo;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>The membership of a silo in a cluster whose other members are a test's invention.</summary>
internal sealed class ScriptedMembership(EngineSilo silo) : IMembership
{
    private readonly List<IMembershipObserver> _observers = [];
    private readonly List<MembershipEntry> _others = [];
    private SiloStatus _status = SiloStatus.Created;

    /// <summary>Another silo, which the view lists once it is told to.</summary>
    public static SiloAddress Other { get; } = SiloAddress.New(System.Net.IPAddress.Loopback, 22222, 1);

    public ClusterView Current { get; private set; } = ClusterView.Empty;

    /// <summary>What setting a status waits for before the view has it.</summary>
    public Task Table { get; set; } = Task.CompletedTask;

    /// <summary>Whether the silo knows that it is a member.</summary>
    public bool IsCertain { get; set; } = true;

    public bool EnsureCertain() => IsCertain;

    public void Observe(IMembershipObserver observer) => _observers.Add(observer);

    public Task<ClusterView> RefreshAsync(long minimumVersion, CancellationToken cancellationToken) =>
        Task.FromResult(Current);

    public Task JoinAsync(CancellationToken cancellationToken) => SetStatusAsync(SiloStatus.Joining, cancellationToken);

    public async Task SetStatusAsync(SiloStatus status, CancellationToken cancellationToken)
    {
        await Table;
        _status = status;
        Publish();
    }

    /// <summary>Lists the other silo as active.</summary>
    public void AddOther()
    {
        _others.Add(new MembershipEntry { SiloAddress = Other, Status = SiloStatus.Active });
        Publish();
    }

    /// <summary>A key of a grain of that class which lives on that silo once both are active.</summary>
    public static string KeyOn(EngineSilo silo, SiloAddress home, string grainType)
    {
        var both = new ClusterView(1, [
            silo.ToMembershipEntry(SiloStatus.Active),
            new MembershipEntry { SiloAddress = Other, Status = SiloStatus.Active }]);
        return Enumerable.Range(0, 1000).Select(number => $"{number}")
            .First(key => home.Equals(both.HomeOf(GrainId.Create(grainType, key))));
    }

    private void Publish()
    {
        var before = Current;
        Current = new ClusterView(Math.Max(0, before.Version) + 1, [silo.ToMembershipEntry(_status), .. _others]);
        foreach (var observer in _observers) observer.ViewChanged(before, Current);
    }
}
