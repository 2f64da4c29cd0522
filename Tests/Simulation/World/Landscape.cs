using CoffeePayment.Engine.Clustering;
using CoffeePayment.Engine.Messaging;
using CoffeePayment.Engine.Reminders;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>What silos share: storage, lists, wires, the provider and the machine.</summary>
internal sealed class Landscape
{
    public Landscape(Facts facts, Lane world, Dice dice)
    {
        var (scheduler, rates, disturbances) = (facts.Scheduler, facts.Plan.Rates, facts.Disturbances);
        Facts = facts;
        Lane = world;
        Dice = dice;
        Storage = new Backend(scheduler, world, dice.Of("storage"), disturbances, "storage");
        TableServer = new Backend(scheduler, world, dice.Of("table"), disturbances, "table");
        Provider = new ProviderState(scheduler) { Rates = rates };
        Machine = new ProviderState(scheduler) { Rates = rates };
        Wires = new Wires(scheduler, dice.Of("wires"), disturbances) { OnRepeated = Repeated };
        SetRates(rates);
    }

    public Facts Facts { get; }

    public Lane Lane { get; }

    public Dice Dice { get; }

    public Backend Storage { get; }

    public Backend TableServer { get; }

    public ProviderState Provider { get; }

    public ProviderState Machine { get; }

    public Wires Wires { get; }

    public MemoryMembershipTable Table { get; } = new();

    public MemoryReminderTable Reminders { get; } = new();

    /// <summary>Ends everything that goes wrong here.</summary>
    public void Heal()
    {
        SetRates(Rates.None);
        Storage.ComeBack();
        TableServer.ComeBack();
        Provider.ComeBack();
        Machine.ComeBack();
        Wires.Heal();
    }

    // What is said twice may have been a wish for a check.
    private void Repeated(Message message)
    {
        if (Facts.Orders.TryGetValue(message.Grain.Key.ToString() ?? "", out var order)) order.Hints++;
    }

    private void SetRates(Rates rates)
    {
        Storage.FailureRate = rates.FailedWrite;
        Storage.LostAcknowledgementRate = rates.LostAcknowledgement;
        Storage.SlowRate = rates.SlowStorage;
        TableServer.FailureRate = rates.TableFailure;
        Provider.Rates = Machine.Rates = Wires.Rates = rates;
    }
}
