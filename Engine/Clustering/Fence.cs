using CoffeePayment.Engine.Hosting;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// Holds back what would act on old knowledge while this silo does not know whether it is still a member: after a pause
/// of the process the others may have taken over what lives here.
/// </summary>
internal sealed class Fence(Silo silo) : IMembershipObserver
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private List<Action>? _held;
    private bool _isOver;
    private ITimer? _retry;

    /// <summary>Whether work may go on. Costs as much as reading the time.</summary>
    public bool IsOpen => silo.Membership.EnsureCertain();

    /// <summary>Runs the action when the fence is open again; never, if the silo was declared dead.</summary>
    public void Hold(Action action)
    {
        lock (_lock)
        {
            if (_isOver) return;
            if (!IsOpen)
            {
                (_held ??= []).Add(action);

                // What is held just before it gets certain again would be forgotten by whoever tells of it.
                _retry ??= silo.Time.CreateTimer(
                    static self => ((Fence)self!).Release(), this, RetryPeriod, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        action();
    }

    public void ViewChanged(ClusterView before, ClusterView now)
    {
    }

    public void Uncertain() => silo.Log.Uncertain(silo.ToString());

    public void Certain() => silo.Log.Certain(silo.ToString(), Release());

    public void DeclaredDead(string reason)
    {
        lock (_lock)
        {
            _isOver = true;
            _held = null;
            _retry?.Dispose();
        }
    }

    private int Release()
    {
        List<Action> held;
        lock (_lock)
        {
            if (_held is null || !IsOpen)
            {
                if (_held is not null) _retry?.Change(RetryPeriod, Timeout.InfiniteTimeSpan);
                return 0;
            }

            (held, _held) = (_held, null);
            _retry?.Dispose();
            _retry = null;
        }

        foreach (var action in held) action();
        return held.Count;
    }
}
