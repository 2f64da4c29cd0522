using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using Orleans.Placement;

namespace CoffeePayment.Grains.Orders;

/// <summary>
/// The shell around one order: it waits until the order is due, asks, lets <see cref="PaymentDecider"/> decide, writes,
/// and carries out what was decided. It has no rules of its own.
/// </summary>
/// <remarks>
/// Everything that changes the order happens in a turn of its own: the timer's tick, a registration, a resolution.
/// Reads and hints interleave; a hint only brings the tick forward. So two checks of one order cannot overlap.
/// </remarks>
[GrainType("pendingpayment")]
[HashBasedPlacement]
public sealed partial class PendingPaymentGrain(
    [PersistentState(StorageNames.Order, StorageNames.Orders)] IPersistentState<PaymentOrder> state,
    OrderServices services) : Grain, IPendingPaymentGrain
{
    /// <summary>
    /// The order as last written, which is what readers see while a write is under way; null if there is none.
    /// </summary>
    private PaymentOrder? _order;

    /// <summary>Whether this activation looks after the order, or was only woken to be read.</summary>
    private bool _isAdopted;

    /// <summary>
    /// Whether the order is being registered: it has no state yet, and whoever asks for it is too early.
    /// </summary>
    private bool _isRegistering;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (KnowWhatIsStored() is { Status: OrderStatus.Pending or OrderStatus.Paid } order)
        {
            var spread = services.Options.FastTrackInterval * StableHash.Fraction(order.Id);
            Arm(CheckSchedule.ResumeAt(order, Now, spread, services.Options));
        }

        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_order is not null)
        {
            services.Instruments.Deactivated(_order);
            if (_order.Status is OrderStatus.Pending or OrderStatus.Paid && services.Handover.IsFor(reason)) HandOver();
        }

        ReleaseWaiters();
        return Task.CompletedTask;
    }

    public async Task<RegistrationResult> RegisterAsync(OrderRegistration registration)
    {
        if (_order is not null)
        {
            var isSame = PaymentDecider.IsSameRegistration(registration, _order);
            return new RegistrationResult(
                isSame ? RegistrationOutcome.Existed : RegistrationOutcome.Conflict, _order);
        }

        _isRegistering = true;
        try
        {
            return await RegisterNewAsync(registration);
        }
        finally
        {
            _isRegistering = false;
        }
    }

    public Task<PaymentOrder?> GetAsync() => Task.FromResult(Known());

    public async Task<PaymentOrder?> WaitForChangeAsync(
        long knownRevision, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Known() is not { Status: OrderStatus.Pending or OrderStatus.Paid } order
            || order.Revision > knownRevision)
        {
            return _order;
        }

        await ChangeAsync(timeout, cancellationToken);
        return _order;
    }

    public async Task<PaymentOrder?> CheckAsync(TimeSpan minimumAge)
    {
        if (Known() is not { } order || !OrderStates.CanBeChecked(order)) return _order;

        if (minimumAge > TimeSpan.Zero && IsYoungerThan(minimumAge, _stepStartedAt))
            await CurrentStepAsync();
        else if (!IsYoungerThan(minimumAge, order.LastCheckAt))
            await NextStepAsync();

        return _order;
    }

    public async Task<bool> HintAsync()
    {
        if (Known() is not { } order) return false;
        if (!OrderStates.CanBeChecked(order)) return true;

        // After the last late check nothing else would bring it up again, and the notification does not come again.
        if (OrderStates.IsDone(order)) await services.Indexes.WatchAsync(order.Id, Now);
        BringForward();
        return true;
    }

    public async Task<ResolveResult> ResolveAsync(Resolution resolution)
    {
        var wasBehind = _isBehind;
        var isOthers = wasBehind && !await CatchUpAsync();
        var wasWritten = await SettleAsync();
        if (Known() is not { } order) return new ResolveResult(Order: null);

        var decision = PaymentDecider.Decide(
            order, new OrderEvent.Resolved(resolution), Now, services.Options);
        if (decision.Kind == DecisionKind.Applied) await CommitAsync(order, decision);

        // The timer was armed to try a write again that needs no second try, not for what the order is due for.
        if (isOthers) Retire();
        else if (wasBehind || wasWritten) ArmForNext();
        return new ResolveResult(_order, decision.Refusal);
    }

    public async Task<RestartOutcome> EnsureRunningAsync(TimeSpan delay)
    {
        if (Known() is not { } order) return RestartOutcome.Unknown;

        if (OrderStates.IsDone(order))
        {
            await NextStepAsync();
            return RestartOutcome.Done;
        }

        if (_isAdopted) return RestartOutcome.AlreadyRunning;

        if (IsToBeLookedAtLater(order))
        {
            if (_stepStartedAt is null) Arm(Now);
            return RestartOutcome.NotDue;
        }

        _isAdopted = true;
        if (_stepStartedAt is null) Arm(CheckSchedule.ResumeAt(order, Now, delay, services.Options));
        return RestartOutcome.Restarted;
    }

    public Task TakeUpAsync()
    {
        if (Known() is { Status: OrderStatus.Pending or OrderStatus.Paid } order)
        {
            // A sweep may have been here first, and put the check off for a while.
            _isAdopted = true;
            var resumeAt = CheckSchedule.ResumeAt(order, Now, TimeSpan.Zero, services.Options);
            if (_stepStartedAt is null && resumeAt < _armedFor) Arm(resumeAt);
        }

        return Task.CompletedTask;
    }

    public async Task<bool> ForgetAsync(DateTimeOffset doneBefore)
    {
        if (_order is { } order)
        {
            var isKept = _unsettled is not null
                || _unwritten is not null
                || !OrderStates.IsDone(order)
                || OrderStates.NeedsAttention(order)
                || order.StatusChangedAt >= doneBefore;
            if (isKept) return false;

            await state.ClearStateAsync();
            services.Instruments.Deactivated(order);
            _order = null;
        }

        await services.Indexes.ForgetAsync(this.GetPrimaryKeyString());
        DeactivateOnIdle();
        return true;
    }

    private async Task<RegistrationResult> RegisterNewAsync(OrderRegistration registration)
    {
        var order = PaymentDecider.Register(services.Texts.Share(registration), Now, services.Options);
        var holder = await EnlistAsync(order);
        if (holder == order.Id) holder = await WriteFirstStateAsync(order);
        if (holder != order.Id)
        {
            DeactivateOnIdle();
            return new RegistrationResult(RegistrationOutcome.PaymentTaken, Order: null, holder);
        }

        _isAdopted = true;
        services.Instruments.Activated(order);
        Publish(before: null, order);
        ArmForNext();
        return new RegistrationResult(RegistrationOutcome.Created, order);
    }

    /// <summary>
    /// Has the order taken up wherever it is activated next. The runtime forwards what is sent to an activation that
    /// goes to the one that follows it; nobody waits for it, or the activation would wait for its own successor.
    /// </summary>
    private void HandOver() => _ = this.AsReference<IPendingPaymentGrain>().TakeUpAsync();

    private DateTimeOffset Now => services.Time.GetUtcNow();

    // What lies ahead was before the clock was set back: nobody knows how long ago it is.
    private bool IsYoungerThan(TimeSpan age, DateTimeOffset? at) => at is { } time && time <= Now && Now - time < age;

    private bool IsToBeLookedAtLater(PaymentOrder order) => OrderStates.IsLate(order) && order.DueAt > Now;

    /// <summary>The order; if there is none, and none to come, this activation has no reason to stay.</summary>
    private PaymentOrder? Known()
    {
        if (_order is null && !_isRegistering) DeactivateOnIdle();
        return _order;
    }
}
