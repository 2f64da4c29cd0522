using CoffeePayment.Orders;
using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>
/// Everybody who calls the service: customers' machines that register orders, the provider's webhooks, people who look,
/// and operators who resolve. Who gets no answer asks again, any silo.
/// </summary>
internal sealed class Customers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Facts _facts;
    private readonly Landscape _landscape;
    private readonly SimulatedCluster _cluster;
    private readonly Dice _dice;
    private readonly Turns _turns;
    private readonly LaneTime _time;
    private readonly HashSet<string> _resolving = new(StringComparer.Ordinal);

    public Customers(Landscape landscape, SimulatedCluster cluster, Dice dice)
    {
        _facts = landscape.Facts;
        _landscape = landscape;
        _cluster = cluster;
        _dice = dice;
        _turns = new Turns(landscape.Lane, exception => _facts.Fail(nameof(Customers), exception.ToString()));
        _time = new LaneTime(landscape.Lane);
        foreach (var order in _facts.Orders.Values) Plan(order);
    }

    /// <summary>Operators look at what awaits them.</summary>
    public void SecondPassed()
    {
        foreach (var order in _facts.Orders.Values)
        {
            if (order.Plan.ResolveAfter is not { } after || order.Stored is not { } stored) continue;
            if (stored.Status is OrderStatus.Pending or OrderStatus.Paid || !_resolving.Add(order.Id)) continue;
            At(TimeSpan.FromTicks(_facts.Elapsed) + after, () => ResolveAsync(order));
        }
    }

    private void Plan(OrderFacts order)
    {
        var plan = order.Plan;
        At(plan.RegisterAt, () => RegisterAsync(order));
        foreach (var time in plan.Repeats) At(time, () => RegisterAsync(order));
        foreach (var time in plan.Webhooks) At(time, () => NotifyAsync(order));
        foreach (var time in plan.Refreshes) At(time, () => RefreshAsync(order));
    }

    private void At(TimeSpan time, Func<Task> work) => _facts.Scheduler.After(
        time - TimeSpan.FromTicks(_facts.Elapsed), _landscape.Lane, () => _turns.Start(work));

    private async Task RegisterAsync(OrderFacts order)
    {
        while (true)
        {
            var result = await TryAsync(grains =>
                grains.GetGrain<IPendingPaymentGrain>(order.Id).RegisterAsync(order.Registration));
            if (result is { Outcome: RegistrationOutcome.Created or RegistrationOutcome.Existed })
            {
                _facts.Trace.Add($"{order.Id} is acknowledged");
                order.AcknowledgedAt ??= _facts.Elapsed;
                return;
            }

            if (result is { Outcome: RegistrationOutcome.PaymentTaken, OtherOrderId: { } holder }
                && _facts.Orders[holder].PaymentReferenceId == order.PaymentReferenceId)
            {
                _facts.Trace.Add($"{order.Id} is refused: {holder} has its payment");
                _facts.Disturbances.Count("payment taken");
                order.WasRefused = true;
                return;
            }

            if (result is not null) throw new InvalidOperationException($"{order.Id}: {result}");
            await Task.Delay(RetryDelay, _time);
        }
    }

    // The provider sends it again until it is known; a few times are enough here.
    private async Task NotifyAsync(OrderFacts order)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            foreach (var named in _facts.OrdersOf(order.PaymentReferenceId)) Hint(named);
            var leftAt = _facts.Elapsed;
            var isKnown = await TryAsync(async grains =>
                await grains.GetGrain<IOrderDirectoryGrain>(0).FindByPaymentAsync(order.PaymentReferenceId) is { } id
                    && await grains.GetGrain<IPendingPaymentGrain>(id).HintAsync());
            if (isKnown)
            {
                order.LastTakenHintAt = leftAt;
                return;
            }

            await Task.Delay(RetryDelay, _time);
        }
    }

    private async Task RefreshAsync(OrderFacts order)
    {
        Hint(order);
        await TryAsync(grains =>
            grains.GetGrain<IPendingPaymentGrain>(order.Id).CheckAsync(TimeSpan.FromSeconds(1)));
    }

    private void Hint(OrderFacts order)
    {
        order.Hints++;
        order.LastHintAt = _facts.Elapsed;
    }

    private async Task ResolveAsync(OrderFacts order)
    {
        // What the machine has taken is made or not; the rest of it is for a person.
        var outcome = order.Stored!.Status == OrderStatus.MakePending && order.Plan.Resolution != ResolutionOutcome.Made
            ? ResolutionOutcome.NotMade
            : order.Plan.Resolution;
        var result = await TryAsync(grains =>
            grains.GetGrain<IPendingPaymentGrain>(order.Id).ResolveAsync(new Resolution(outcome)));
        _facts.Trace.Add($"the operator says {outcome} of {order.Id}: {result?.Order?.Status} {result?.Refusal}");
    }

    /// <summary>Null, or what stands for it: there was no answer.</summary>
    private async Task<T?> TryAsync<T>(Func<IGrainFactory, Task<T>> call)
    {
        if (_cluster.Any() is not { } silo) return default;
        try
        {
            var answer = await silo.CallAsync(call).WaitAsync(Patience, _time);
            if (!_dice.Hits(_landscape.Provider.Rates.LostReply)) return answer;
            _facts.Disturbances.Count("reply lost");
        }
        catch (Exception exception)
        {
            _facts.Trace.Add($"{silo.Lane.Name} does not answer: {exception.GetType().Name} {exception.Message}");
        }

        return default;
    }
}
