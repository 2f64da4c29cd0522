using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>
/// The silos, and what is done to them. One that ended is started again, by whoever looks after processes.
/// </summary>
internal sealed class SimulatedCluster
{
    private static readonly TimeSpan RestartDelay = TimeSpan.FromSeconds(3);

    private readonly Landscape _landscape;
    private readonly Dice _dice;
    private readonly SimulatedSilo?[] _silos;
    private readonly List<SimulatedSilo> _lives = [];
    private readonly HashSet<SimulatedSilo> _knownDead = [];
    private readonly Dictionary<SimulatedSilo, (long Deed, long Step, FaultPlan Fault)> _kills = [];
    private bool _isHealed;

    public SimulatedCluster(Landscape landscape, Dice dice)
    {
        _landscape = landscape;
        _dice = dice;
        _silos = new SimulatedSilo?[Facts.Plan.Silos];
        for (var number = 0; number < _silos.Length; number++) StartLater(number, dice.Between(default, RestartDelay));
        foreach (var fault in Facts.Plan.Faults) Scheduler.After(fault.At, landscape.Lane, () => Do(fault));
    }

    public long Kills { get; private set; }

    private Facts Facts => _landscape.Facts;

    private Scheduler Scheduler => Facts.Scheduler;

    /// <summary>Any silo that serves; null if there is none.</summary>
    public SimulatedSilo? Any()
    {
        var serving = _silos.Where(silo => silo is { IsServing: true, Lane.IsPaused: false }).ToList();
        return serving.Count == 0 ? null : _dice.Pick(serving);
    }

    /// <summary>After each step: whoever is to be killed now is.</summary>
    public void AfterStep()
    {
        if (_kills.Count == 0) return;
        foreach (var (silo, (deed, step, fault)) in _kills.ToList())
        {
            if (silo.Lane.Deeds < deed) continue;
            if (step < 0) _kills[silo] = (deed, silo.Lane.Steps + fault.Other, fault);
            else if (silo.Lane.Steps >= step) Kill(silo, fault);
        }
    }

    /// <summary>
    /// A silo that ended is a disturbance until the others have noticed, and as long as there are no others.
    /// </summary>
    public void SecondPassed()
    {
        var isNobodyLeft = _lives.Count > 0 && _lives.TrueForAll(silo => silo.HasEnded);
        if (isNobodyLeft || _lives.Exists(silo => silo.HasEnded && !IsKnownDead(silo)))
            Facts.Disturbances.KillLasts();
    }

    public void Heal()
    {
        _isHealed = true;
        _kills.Clear();
        foreach (var silo in _silos) silo?.Lane.Resume();
    }

    public void Dispose() => _lives.ForEach(silo => silo.Dispose());

    private bool IsKnownDead(SimulatedSilo silo)
    {
        if (_knownDead.Contains(silo)) return true;

        // Without a row it never joined, or its joining is still under way.
        var status = _landscape.Table.ReadRow(silo.Address).Result.TryGet(silo.Address)?.Item1.Status;
        if (status == SiloStatus.Dead) _knownDead.Add(silo);
        return status is null or SiloStatus.Dead;
    }

    private void Do(FaultPlan fault)
    {
        Facts.Trace.Add($"fault: {fault}");
        switch (fault.Kind)
        {
            case FaultKind.StorageOutage:
                Facts.Disturbances.Note("storage outage", fault.Duration);
                _landscape.Storage.GoAway(fault.Duration);
                return;
            case FaultKind.TableOutage:
                Facts.Disturbances.NoteInCluster("table outage", fault.Duration);
                _landscape.TableServer.GoAway(fault.Duration);
                return;
            case FaultKind.ProviderOutage:
                Facts.Disturbances.Count("provider outage");
                _landscape.Provider.GoAway(fault.Duration);
                return;
            case FaultKind.MachineOutage:
                Facts.Disturbances.Count("machine outage");
                _landscape.Machine.GoAway(fault.Duration);
                return;
            case FaultKind.Cut or FaultKind.OneWayCut:
                Facts.Disturbances.NoteInCluster("cut", fault.Duration);
                Cut(fault.Silo, fault.Other, fault.Duration);
                if (fault.Kind == FaultKind.Cut) Cut(fault.Other, fault.Silo, fault.Duration);
                return;
            case FaultKind.Isolation:
                Facts.Disturbances.NoteInCluster("isolation", fault.Duration);
                for (var other = 0; other < _silos.Length; other++)
                {
                    if (other == fault.Silo) continue;
                    Cut(fault.Silo, other, fault.Duration);
                    Cut(other, fault.Silo, fault.Duration);
                }

                return;
        }

        if (_silos[fault.Silo] is { HasEnded: false } silo) Do(fault, silo);
    }

    // Wires know silos by their ports.
    private void Cut(int from, int to, TimeSpan duration) => _landscape.Wires.Cut(from + 1, to + 1, duration);

    private void Do(FaultPlan fault, SimulatedSilo silo)
    {
        switch (fault.Kind)
        {
            case FaultKind.Kill or FaultKind.PowerLoss:
                _kills[silo] = (0, silo.Lane.Steps + fault.Other, fault);
                break;
            case FaultKind.KillInDeed:
                _kills[silo] = (silo.Lane.Deeds + 1, -1, fault);
                break;
            case FaultKind.Stop when silo.IsServing && _silos.Count(other => other is { IsServing: true }) > 1:
                Facts.Disturbances.Count(Disturbances.Stop);
                silo.OnEnded = _ => StartLater(silo.Number, fault.Duration);
                silo.Stop();
                break;
            case FaultKind.Pause when !silo.Lane.IsPaused:
                Facts.Disturbances.NoteInCluster("pause", fault.Duration);
                silo.Lane.IsPaused = true;
                Scheduler.After(fault.Duration, _landscape.Lane, silo.Lane.Resume);
                break;
            case FaultKind.StorageCut:
                Facts.Disturbances.Note("storage cut", fault.Duration);
                _landscape.Storage.CutOff(silo.Lane, fault.Duration);
                break;
            case FaultKind.ClockJump:
                Facts.Disturbances.Note("clock jump");
                silo.Clock.Jump(TimeSpan.FromMilliseconds(fault.Other));
                break;
        }
    }

    private void Kill(SimulatedSilo silo, FaultPlan fault)
    {
        _kills.Remove(silo);
        if (silo.HasEnded) return;
        Kills++;
        Facts.Trace.Add($"{silo.Lane.Name} is killed");
        Facts.Disturbances.NoteKill();
        silo.End(isSilent: fault.Kind == FaultKind.PowerLoss);
        StartLater(silo.Number, fault.Duration);
    }

    private void StartLater(int number, TimeSpan delay) => Scheduler.After(
        _isHealed && delay > RestartDelay ? RestartDelay : delay, _landscape.Lane, () => Start(number));

    private void Start(int number)
    {
        if (_silos[number] is { HasEnded: false }) return;
        var lane = Scheduler.AddLane($"silo-{number}.{_lives.Count(silo => silo.Number == number)}");
        Facts.SiloChanges++;
        Facts.Trace.Add($"{lane.Name} starts");
        var silo = new SimulatedSilo(_landscape, lane, number) { OnEnded = Ended };
        _lives.Add(silo);
        _silos[number] = silo;
        silo.Start();
    }

    private void Ended(SimulatedSilo silo)
    {
        Facts.Trace.Add($"{silo.Lane.Name} has ended");
        Facts.Disturbances.NoteInCluster("silo ended");
        StartLater(silo.Number, RestartDelay);
    }
}
