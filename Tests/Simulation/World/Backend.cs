using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;
using Orleans.Storage;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>
/// A server that silos ask: each request takes its time there and back. It may fail, be done with nobody told, be done
/// when nobody waits for it any more, or find the server away.
/// </summary>
internal sealed class Backend(Scheduler scheduler, Lane world, Dice dice, Disturbances disturbances, string name)
{
    private static readonly TimeSpan LatencyMin = TimeSpan.FromMicroseconds(50);
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan SlowMax = TimeSpan.FromMilliseconds(1_500);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LateMax = TimeSpan.FromSeconds(2);

    private readonly Dictionary<Lane, long> _cutOffUntil = [];
    private readonly Dictionary<Lane, long> _heldUpUntil = [];
    private long _awayUntil;

    public double FailureRate { get; set; }

    public double LostAcknowledgementRate { get; set; }

    public double SlowRate { get; set; }

    public bool IsAway => _awayUntil > scheduler.Elapsed;

    public void GoAway(TimeSpan duration) => _awayUntil = scheduler.Elapsed + duration.Ticks;

    /// <summary>The same for one silo only.</summary>
    public void CutOff(Lane silo, TimeSpan duration) => _cutOffUntil[silo] = scheduler.Elapsed + duration.Ticks;

    public void ComeBack()
    {
        _awayUntil = 0;
        _cutOffUntil.Clear();
    }

    /// <summary>Asks the server, and tells the silo what came of it.</summary>
    /// <param name="silo">Who asks.</param>
    /// <param name="work">What is done at the server, at once; what it throws is the answer.</param>
    /// <param name="again">
    /// What the answer is if it was done, nobody was told, and the client asks once more; null if no client does. Only
    /// such a request may be done late.
    /// </param>
    public Task<T> CallAsync<T>(Lane silo, Func<T> work, Func<Exception>? again = null)
    {
        var answer = new TaskCompletionSource<T>();
        scheduler.After(HoldUp(silo) + Latency(), world, () => Arrive(silo, work, answer, again));
        return answer.Task;
    }

    private void Arrive<T>(Lane silo, Func<T> work, TaskCompletionSource<T> answer, Func<Exception>? again)
    {
        var isAway = IsAway || _cutOffUntil.GetValueOrDefault(silo) > scheduler.Elapsed;
        if (isAway || dice.Hits(FailureRate))
        {
            disturbances.Note($"{name} failed");
            var patience = isAway && dice.Hits(0.5) ? Timeout : Latency();
            scheduler.After(patience, silo, () => answer.SetException(Failure("did nothing")));
            return;
        }

        if (again is not null && dice.Hits(LostAcknowledgementRate * 0.3))
        {
            DoLate(silo, work, answer);
            return;
        }

        T result;
        try
        {
            result = work();
        }
        catch (Exception exception)
        {
            scheduler.After(Latency(), silo, () => answer.SetException(exception));
            return;
        }

        if (dice.Hits(LostAcknowledgementRate))
        {
            disturbances.Note($"{name} acknowledgement lost");
            var patience = dice.Between(LatencyMin, Timeout);
            var failure = again is not null && dice.Hits(0.3) ? again() : Failure("was not heard");
            scheduler.After(patience, silo, () => answer.SetException(failure));
            return;
        }

        scheduler.After(Latency(), silo, () => answer.SetResult(result));
    }

    // The silo's later requests come after it: they go the same way.
    private void DoLate<T>(Lane silo, Func<T> work, TaskCompletionSource<T> answer)
    {
        disturbances.Note($"{name} late");
        var patience = dice.Between(LatencyMin, Timeout);
        var late = patience + dice.Between(LatencyMin, LateMax);
        _heldUpUntil[silo] = scheduler.Elapsed + late.Ticks;
        scheduler.After(patience, silo, () => answer.SetException(Failure("was not heard")));
        scheduler.After(late, world, () =>
        {
            disturbances.Note($"{name} late");
            try
            {
                work();
            }
            catch (InconsistentStateException)
            {
                // Somebody else was first, and nobody asks any more.
            }
        });
    }

    private TimeSpan HoldUp(Lane silo) =>
        TimeSpan.FromTicks(Math.Max(0, _heldUpUntil.GetValueOrDefault(silo) - scheduler.Elapsed));

    private IOException Failure(string how) => new($"The {name} {how}.");

    private TimeSpan Latency()
    {
        if (!dice.Hits(SlowRate)) return dice.Between(LatencyMin, LatencyMax);
        disturbances.Note($"{name} slow");
        return dice.Between(LatencyMax, SlowMax);
    }
}
