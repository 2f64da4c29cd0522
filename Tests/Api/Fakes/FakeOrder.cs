using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Api.Fakes;

/// <summary>One order, with the methods of <see cref="IPendingPaymentGrain"/> that the API calls.</summary>
public sealed class FakeOrder(FakeCluster cluster)
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PaymentOrder? State { get; private set; }

    /// <summary>The minimum ages that checks were asked for with.</summary>
    public List<TimeSpan> Checks { get; } = [];

    /// <summary>How often it was hinted at.</summary>
    public int Hints { get; private set; }

    /// <summary>How often somebody waited for a change.</summary>
    public int Waits { get; private set; }

    public PaymentOrder Set(PaymentOrder state)
    {
        State = state;
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        return state;
    }

    /// <summary>Changes the order as one written change does.</summary>
    public PaymentOrder Change(Func<PaymentOrder, PaymentOrder> change) =>
        Set(change(State!) with { Revision = State!.Revision + 1 });

    public Task<RegistrationResult> RegisterAsync(OrderRegistration registration)
    {
        cluster.ThrowIfFailing();
        if (State is not null)
        {
            var isSame = PaymentDecider.IsSameRegistration(registration, State);
            return Task.FromResult(new RegistrationResult(
                isSame ? RegistrationOutcome.Existed : RegistrationOutcome.Conflict, State));
        }

        var payment = registration.PaymentReferenceId;
        var other = cluster.Registered.FirstOrDefault(order => order.Registration.PaymentReferenceId == payment);
        if (other is not null)
            return Task.FromResult(new RegistrationResult(RegistrationOutcome.PaymentTaken, Order: null, other.Id));

        var order = Set(PaymentDecider.Register(registration, cluster.Time.GetUtcNow(), cluster.Options));
        return Task.FromResult(new RegistrationResult(RegistrationOutcome.Created, order));
    }

    public Task<PaymentOrder?> GetAsync()
    {
        cluster.ThrowIfFailing();
        return Task.FromResult(State);
    }

    public async Task<PaymentOrder?> WaitForChangeAsync(
        long knownRevision, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Waits++;
        cluster.ThrowIfFailing();
        var changed = Volatile.Read(ref _changed).Task;
        if (State?.Revision > knownRevision) return State;

        try
        {
            await changed.WaitAsync(timeout, cluster.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The order as it is, then.
        }

        return State;
    }

    public Task<PaymentOrder?> CheckAsync(TimeSpan minimumAge)
    {
        cluster.ThrowIfFailing();
        Checks.Add(minimumAge);
        if (State is not null) Change(order => order with { CheckAttempts = order.CheckAttempts + 1 });
        return Task.FromResult(State);
    }

    public Task<bool> HintAsync()
    {
        cluster.ThrowIfFailing();
        Hints++;
        return Task.FromResult(State is not null);
    }

    public Task<ResolveResult> ResolveAsync(Resolution resolution)
    {
        cluster.ThrowIfFailing();
        if (State is null) return Task.FromResult(new ResolveResult(Order: null));

        var now = cluster.Time.GetUtcNow();
        var decision = PaymentDecider.Decide(State, new OrderEvent.Resolved(resolution), now, cluster.Options);
        if (decision.Refusal is null) Set(decision.Order);
        return Task.FromResult(new ResolveResult(State, decision.Refusal));
    }
}
