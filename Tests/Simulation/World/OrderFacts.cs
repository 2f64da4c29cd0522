using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>What is true of one order, whatever the service knows of it.</summary>
internal sealed class OrderFacts(OrderPlan plan)
{
    public static Money Price { get; } = new(15_000, "RUB");

    public OrderPlan Plan => plan;

    public string Id => plan.Id;

    public string PaymentReferenceId { get; } = PaymentOf(plan);

    /// <summary>As the storage holds it.</summary>
    public PaymentOrder? Stored { get; set; }

    public string? Etag { get; set; }

    /// <summary>When it was stored so.</summary>
    public long StoredAt { get; set; }

    /// <summary>Who stored it.</summary>
    public Lane? StoredBy { get; set; }

    /// <summary>As each silo last read or wrote it.</summary>
    public Dictionary<Lane, PaymentOrder> KnownBy { get; } = [];

    /// <summary>
    /// The silos which do not know what became of their last check: it could not be stored, or they were not told.
    /// </summary>
    public HashSet<Lane> Unsettled { get; } = [];

    /// <summary>When a customer was told that the order is registered.</summary>
    public long? AcknowledgedAt { get; set; }

    /// <summary>Whether a customer was told that another order has its payment.</summary>
    public bool WasRefused { get; set; }

    /// <summary>
    /// When the service ought to have looked at it, in ticks, or will have to; null when nothing is left to do.
    /// </summary>
    public long? OverdueSince => AcknowledgedAt is { } acknowledgedAt && Stored?.DueAt is { } dueAt
        ? Math.Max((dueAt - Scheduler.Start).Ticks, acknowledgedAt)
        : null;

    public List<Ask> AsksUnderWay { get; } = [];

    public long? LastAskAt { get; set; }

    /// <summary>How often anybody wanted a check before it is due.</summary>
    public int Hints { get; set; }

    /// <summary>When a hint last came.</summary>
    public long? LastHintAt { get; set; }

    /// <summary>When the last webhook left that the service said it took.</summary>
    public long? LastTakenHintAt { get; set; }

    /// <summary>Whether the provider has said that the money is held, before it had it.</summary>
    public bool WasSaidToBeHeld { get; set; }

    /// <summary>Whether the machine has taken a command and not answered.</summary>
    public bool WasMachineSilent { get; set; }

    /// <summary>What the customer sends.</summary>
    public OrderRegistration Registration { get; } = new()
    {
        Id = plan.Id,
        MerchantId = "default",
        PaymentScenario = PaymentScenario.Yookassa,
        PaymentReferenceId = PaymentOf(plan),
        DeviceUuid = "machine-1",
        DrinkNumber = "7",
        Size = DrinkSize.Medium,
        Price = Price,
        PaymentStartedAt = Scheduler.Start + plan.StartedAt,
        ExpiresAt = Scheduler.Start + plan.StartedAt + plan.ExpiresAfter,
    };

    /// <summary>The silo has read or written it so.</summary>
    public void Learn(Lane silo, PaymentOrder order)
    {
        KnownBy[silo] = order;
        Unsettled.Remove(silo);
    }

    /// <summary>What the provider holds of the payment at that time.</summary>
    public ProviderAnswer AnswerAt(long elapsed) =>
        elapsed < plan.SettlesAt.Ticks ? new ProviderAnswer.Pending() : plan.Settlement switch
        {
            Settlement.Succeeded => new ProviderAnswer.Succeeded(
                plan.IsAmountWrong ? Price with { MinorUnits = 1 } : Price),
            Settlement.Canceled => new ProviderAnswer.Canceled("card_expired"),
            Settlement.WaitingForCapture => new ProviderAnswer.WaitingForCapture(),
            _ => new ProviderAnswer.Pending(),
        };

    private static string PaymentOf(OrderPlan plan) => $"payment-of-{plan.PaymentOf ?? plan.Id}";
}
