using CoffeePayment.Engine.Hosting;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// Holds back what would act on old knowledge while this silo does not know whether it is still a member: after a pause
/// of the process the others may have taken over what lives here.
/// </summary>
internal sealed class Fence(Silo silo) : IMembershipObserver
{
    private readonly Lock _lock = new();
    private List<Action>? _held;

    /// <summary>Whether work may go on. Costs as much as reading the time.</summary>
    public bool IsOpen => silo.Membership.EnsureCertain();

    /// <summary>Runs the action when the fence is open again; never, if the silo was declared dead.</summary>
    public void Hold(Action action)
    {
        lock (_lock)
        {
            if (!IsOpen)
            {
                (_held ??= []).Add(action);
                return;
            }
        }

        action();
    }

    public void ViewChanged(ClusterView before, ClusterView now)
    {
    }

    public void Uncertain() => silo.Log.Uncertain(silo.ToString());

    public void Certain()
    {
        List<Action>? held;
        lock (_lock) (held, _held) = (_held, null);
        silo.Log.Certain(silo.ToString(), held?.Count ?? 0);
        foreach (var action in held ?? []) action();
    }

    public void DeclaredDead(string reason)
    {
        lock (_lock) _held = null;
    }
}
