using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Checkers;

/// <summary>
/// P2: at most one make command that may have been carried out, unless the machine deduplicates; and only for what was
/// paid, as it should be, when the state that says "sent" was stored. What a state says of a command is so.
/// </summary>
internal sealed class OneMakeChecker : Checker
{
    /// <summary>How many commands reached the machine.</summary>
    private readonly Dictionary<string, int> _arrived = new(StringComparer.Ordinal);

    /// <summary>How many of them it refused.</summary>
    private readonly Dictionary<string, int> _refused = new(StringComparer.Ordinal);

    public override void Commanded(OrderFacts order, Lane silo) => Arrive(order, silo);

    public override void Refused(OrderFacts order, Lane silo)
    {
        Arrive(order, silo);
        _refused[order.Id] = RefusedOf(order) + 1;
    }

    public override void Written(OrderFacts order, PaymentOrder? before, PaymentOrder after, Lane silo)
    {
        if (before is not { Status: OrderStatus.Paid } || after.Status == OrderStatus.Paid) return;
        if (after.Make is not { } make)
            Fail($"{order.Id} went from paid to {after.Status} without a command.");
        else if (!IsTrue(order, after, make.Attempts))
            Fail($"{order.Id} is {after.Status} {after.StatusReason} after {make.Attempts} commands, of which "
                + $"{ArrivedOf(order)} arrived and {RefusedOf(order)} were refused.");
    }

    private void Arrive(OrderFacts order, Lane silo)
    {
        if (MayBeMade(order) && !Facts.Payment.MachineDeduplicates)
            Fail($"The machine got a second command for {order.Id}, from {silo.Name}.");
        var arrived = _arrived[order.Id] = ArrivedOf(order) + 1;
        if (arrived > PaymentOptions.MakeAttemptsLimit)
            Fail($"The machine got {arrived} commands for {order.Id}.");
        if (order.Stored?.Make is not { } make || make.Attempts < arrived)
            Fail($"The machine got a command for {order.Id} which nothing stored tells of.");
    }

    private bool IsTrue(OrderFacts order, PaymentOrder after, int attempts) => (after.Status, after.StatusReason) switch
    {
        (OrderStatus.MakePending, _) => MayBeMade(order),

        // Refused each time, and no time is left for another try, or no try.
        (OrderStatus.MakeFailed, _) => RefusedOf(order) <= attempts && !MayBeMade(order)
            && (attempts == PaymentOptions.MakeAttemptsLimit || !MayTryAgain(after)),

        // The machine said nothing, or whoever was to hear it was not there any more.
        (OrderStatus.ManualMake, StatusReasons.MakeUnknown) => !IsCalm || order.WasMachineSilent,
        _ => false,
    };

    private bool MayTryAgain(PaymentOrder order) => order.StatusChangedAt + PaymentOptions.MakeRetryDelay
        <= order.Registration.PaymentStartedAt + Facts.Payment.FastTrackLimit;

    private bool MayBeMade(OrderFacts order) => ArrivedOf(order) > RefusedOf(order);

    private int ArrivedOf(OrderFacts order) => _arrived.GetValueOrDefault(order.Id);

    private int RefusedOf(OrderFacts order) => _refused.GetValueOrDefault(order.Id);
}
