using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// Watches one promise. It is told what happens in the world as it happens, within the step that does it, so that no
/// state of the world between two steps goes by unseen; time that passes is looked at once a second.
/// </summary>
internal abstract class Checker
{
    /// <summary>A check and a command that take their whole time, and a write.</summary>
    protected static readonly TimeSpan StepMax = TimeSpan.FromSeconds(9);

    public string Name => GetType().Name;

    public Facts Facts { get; set; } = null!;

    /// <summary>Whether nothing has gone wrong yet; provider and machine may have answered as they like.</summary>
    protected bool IsUndisturbed => Facts.Disturbances.Until == Disturbances.Never;

    /// <summary>Whether no silo has been told to stop either.</summary>
    protected bool IsCalm => IsUndisturbed && !Facts.Disturbances.Counts.ContainsKey(Disturbances.Stop);

    /// <summary>A silo asks the provider.</summary>
    public virtual void Asked(OrderFacts order, Lane silo, LaneTime clock)
    {
    }

    public virtual void Answered(OrderFacts order, Lane silo, ProviderAnswer answer)
    {
    }

    /// <summary>The storage holds the order in a new version.</summary>
    public virtual void Written(OrderFacts order, PaymentOrder? before, PaymentOrder after, Lane silo)
    {
    }

    /// <summary>A command arrives at the machine.</summary>
    public virtual void Commanded(OrderFacts order, Lane silo)
    {
    }

    /// <summary>The machine refused it, and the silo was told; nothing was made.</summary>
    public virtual void Refused(OrderFacts order, Lane silo)
    {
    }

    /// <summary>The sweeper has read these as overdue.</summary>
    public virtual void Swept(IReadOnlyList<DueEntry> overdue, DateTimeOffset now)
    {
    }

    /// <summary>Once in every second.</summary>
    public virtual void SecondPassed()
    {
    }

    /// <summary>All faults have ended, and the bound that the rules give has passed.</summary>
    public virtual void Ended()
    {
    }

    protected void Fail(string what) => Facts.Fail(Name, what);
}
