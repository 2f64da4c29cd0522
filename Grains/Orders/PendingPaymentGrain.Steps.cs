using System.Diagnostics;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace CoffeePayment.Grains.Orders;

// The timer's tick: one step in the life of the order.
public sealed partial class PendingPaymentGrain
{
    /// <summary>
    /// What must not be lost and could not be written yet; null otherwise. Without the machine's answer a person would
    /// look at a drink that is known to be made; without the provider's, money would be forgotten if it does not answer
    /// again.
    /// </summary>
    private OrderEvent? _unwritten;

    /// <summary>Whether another activation has written the order since, while this one knows that it is paid.</summary>
    private bool _isBehind;

    private async Task StepAsync()
    {
        if (IsTooEarly()) return;

        BeginStep();
        using var trace = OrderTraces.StartStep(_order, Now, services.Logger.IsEnabled(LogLevel.Debug));
        try
        {
            if (!_isBehind) await AdvanceAsync();

            if (_isBehind && !await CatchUpAsync()) Retire();
            else ArmForNext();
        }
        catch (InconsistentStateException exception)
        {
            // Another activation has written the order since this one read it. It acts; this one knows nothing any
            // more, unless that is of money, of which the other may never hear.
            OrderTraces.Failed(trace, exception);
            using var lines = LendTrace();
            Log.LostRace(services, this.GetPrimaryKeyString(), exception);
            _isBehind = _unwritten is OrderEvent.CheckAnswered;
            if (_isBehind) Arm(Now);
            else Retire();
        }
        catch (Exception exception)
        {
            OrderTraces.Failed(trace, exception);
            using var lines = LendTrace();
            Log.StepFailed(services, this.GetPrimaryKeyString(), exception);
            Arm(Now + services.Options.FastTrackInterval);
        }
        finally
        {
            EndStep();
        }
    }

    private Task AdvanceAsync() => _order switch
    {
        null => Task.CompletedTask,
        _ when _unsettled is not null => SettleAndAdvanceAsync(),
        _ when _unwritten is not null => ApplyAsync(_unwritten),

        // Outcomes are written within the step that sent the command, so that step did not get to its end.
        { } order when OrderStates.IsMakeInFlight(order) => ApplyAsync(new OrderEvent.MakeInterrupted()),
        { } order when IsToBeLookedAtLater(order) && !_isStepHinted => RepairAsync(),
        { } order when OrderStates.CanBeChecked(order) => CheckOnceAsync(order),
        { } order when OrderStates.IsDone(order) => RepairAsync(),
        _ => ApplyAsync(new OrderEvent.MakeDue()),
    };

    /// <summary>
    /// Finds out what became of the last write, then does what is to be done now: no check is made again early.
    /// </summary>
    private async Task SettleAndAdvanceAsync()
    {
        await SettleAsync();
        if (_isStepHinted || _unwritten is not null || _order?.DueAt <= Now) await AdvanceAsync();
    }

    /// <summary>
    /// Decides on what the provider said once more, on the order as the other activation has written it. One that has
    /// expired meanwhile would be found by a late check only, and after the last of these by nobody.
    /// </summary>
    /// <returns>Whether it changed the order: then it is this activation's to look after, else the other's.</returns>
    private async Task<bool> CatchUpAsync()
    {
        if (await ReadAgainAsync() is not { } read) return false;

        await ApplyAsync(_unwritten!);
        _isBehind = false;
        return _order != read;
    }

    private async Task CheckOnceAsync(PaymentOrder order)
    {
        var registration = order.Registration;
        var startedAt = Now;
        var started = services.Time.GetTimestamp();
        var inquiry = new PaymentInquiry(order.Id, registration.MerchantId, registration.PaymentReferenceId);

        // It ends by itself within seconds. A token that could end it earlier, when the silo stops, would be a source
        // of cancellation for every order, in memory for good: 190 bytes.
        ProviderAnswer answer;
        using (services.Instruments.Checking(inquiry, startedAt))
        using (var asking = OrderTraces.StartAsking())
        {
            answer = await services.Provider.AskAsync(inquiry, CancellationToken.None);
            OrderTraces.Answered(asking, answer);
        }

        services.Instruments.Answered(order, answer, startedAt);
        Log.Checked(services.Logger, order, answer, startedAt, services.Time.GetElapsedTime(started), services.Options);
        await ApplyAsync(new OrderEvent.CheckAnswered(answer, startedAt));
        if (answer is not ProviderAnswer.NotAsked) services.Instruments.Checked(services.Time.GetElapsedTime(started));
    }

    private async Task ApplyAsync(OrderEvent @event)
    {
        for (OrderEvent? next = @event; next is not null;)
        {
            var order = _order!;
            var decision = Decide(order, next);
            if (decision.Kind != DecisionKind.Applied) return;

            using var lines = IsLogged(order, decision) ? LendTrace() : null;
            _unwritten = MustNotBeLost(next) ? next : null;
            await CommitAsync(order, decision);
            _unwritten = null;
            next = await CarryOutAsync(decision.Effects);
        }
    }

    private Decision Decide(PaymentOrder order, OrderEvent @event)
    {
        using var deciding = OrderTraces.StartDeciding();
        var decision = PaymentDecider.Decide(order, @event, Now, services.Options);
        OrderTraces.Decided(deciding, order, decision);
        return decision;
    }

    private static bool IsLogged(PaymentOrder before, Decision decision) =>
        before.Status != decision.Order.Status || decision.Effects.Count > 0;

    private Activity? LendTrace() =>
        OrderTraces.Correlate(this.GetPrimaryKeyString(), _stepStartedAt ?? Now);

    private static bool MustNotBeLost(OrderEvent @event) =>
        @event is OrderEvent.MakeAnswered or OrderEvent.CheckAnswered { Answer: ProviderAnswer.Succeeded };

    /// <summary>Carries the effects out; returns what came of them, for the rules to decide on.</summary>
    private async Task<OrderEvent?> CarryOutAsync(IReadOnlyList<OrderEffect> effects)
    {
        OrderEvent? outcome = null;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case OrderEffect.SendMake send:
                    outcome = new OrderEvent.MakeAnswered(await MakeAsync(send.Command));
                    break;
                case OrderEffect.WarnUnknownStatus warning:
                    Log.UnknownStatus(services.Logger, this.GetPrimaryKeyString(), warning.Status);
                    break;
            }
        }

        return outcome;
    }

    private async Task<MakeAnswer> MakeAsync(MakeCommand command)
    {
        using var making = OrderTraces.StartMaking(command);
        var answer = await services.Machine.MakeAsync(command);
        OrderTraces.Made(making, answer);
        services.Instruments.MakeAnswered(answer);
        Log.MakeAnswered(services.Logger, command.CommandId, command.DeviceUuid, answer);
        return answer;
    }
}
