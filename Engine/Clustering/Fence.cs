using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Hosting;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Clustering;

/// <summary>
/// Holds back what would act on old knowledge while this silo does not know whether it is still a member: after a pause
/// of the process the others may have taken over what lives here.
/// </summary>
internal sealed class Fence(Silo silo) : IMembershipObserver
{
    // A table that is away may keep it closed for long: calls of this silo fail then, as the table's own would.
    private const int CallsMax = 10_000;
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private List<Action> _held = [];
    private List<(Request Call, long Since)> _calls = [];
    private ITimer? _retry;
    private bool _isOver;

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
                _held.Add(action);
                TryAgainSoon();
                return;
            }
        }

        action();
    }

    /// <summary>Sends the call when the fence is open again; fails it where that is not soon.</summary>
    public void Hold(Request call)
    {
        lock (_lock)
        {
            if (!_isOver && !IsOpen && !silo.IsEnding && _calls.Count < CallsMax)
            {
                _calls.Add((call, silo.Time.GetTimestamp()));
                TryAgainSoon();
                return;
            }
        }

        if (IsOpen) silo.Transport.Send(call);
        else Fail(call);
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
            // Calls that are held fail with all others that the silo waits for.
            _isOver = true;
            (_held, _calls) = ([], []);
            _retry?.Dispose();
        }
    }

    // What is held just before it gets certain again would be forgotten by whoever tells of it.
    private void TryAgainSoon() => _retry ??= silo.Time.CreateTimer(
        static self => ((Fence)self!).Release(), this, RetryPeriod, Timeout.InfiniteTimeSpan);

    private int Release()
    {
        List<Action> held;
        List<(Request Call, long Since)> calls;
        bool isOpen;
        lock (_lock)
        {
            _retry?.Dispose();
            _retry = null;
            isOpen = IsOpen;
            if (isOpen)
            {
                (held, _held) = (_held, []);
                (calls, _calls) = (_calls, []);
            }
            else
            {
                held = [];
                calls = TakeLate();
                if (_held.Count + _calls.Count > 0) TryAgainSoon();
            }
        }

        foreach (var action in held) action();
        foreach (var (call, _) in calls)
        {
            if (isOpen) silo.Transport.Send(call);
            else Fail(call);
        }

        return isOpen ? held.Count + calls.Count : 0;
    }

    private List<(Request Call, long Since)> TakeLate()
    {
        var now = silo.Time.GetTimestamp();
        var late = _calls.FindAll(
            held => silo.IsEnding || silo.Time.GetElapsedTime(held.Since, now) >= CallPatience);
        _calls.RemoveRange(0, late.Count);
        return late;
    }

    private void Fail(Request call)
    {
        call.SetFailure(new SiloUnavailableException(
            $"{silo} does not know whether it is still a member of the cluster."));
        call.Complete();
    }
}
