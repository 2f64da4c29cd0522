using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>
/// The provider as one silo reaches it. It tells the truth as of when the question arrives, or fails.
/// </summary>
internal sealed class Provider(Facts facts, Dice dice, ProviderState state, Lane silo, LaneTime clock)
    : IPaymentProvider
{
    private static readonly TimeSpan LatencyMin = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(120);

    public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
    {
        var order = facts.Orders[inquiry.OrderId];
        if (dice.Hits(state.Rates.NotAsked))
        {
            facts.Trace.Add($"{silo.Name} does not ask for {order.Id}");
            facts.Disturbances.Count("not asked");
            return new ProviderAnswer.NotAsked(dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(8)));
        }

        var ask = facts.Ask(order, silo, clock);
        try
        {
            var answer = await AnswerAsync(order, cancellationToken);
            facts.Trace.Add($"{silo.Name} hears of {order.Id}: {answer}");
            facts.Tell(checker => checker.Answered(order, silo, answer));
            return answer;
        }
        finally
        {
            order.AsksUnderWay.Remove(ask);
        }
    }

    private async Task<ProviderAnswer> AnswerAsync(OrderFacts order, CancellationToken cancellationToken)
    {
        if (state.IsAway || dice.Hits(state.Rates.ProviderTimeout))
        {
            facts.Disturbances.Count("provider timeout");
            var isRefused = dice.Hits(0.3);
            await PassAsync(isRefused ? LatencyMin : facts.Payment.ApiTimeout, cancellationToken);
            return new ProviderAnswer.NoAnswer(isRefused ? NoAnswerCause.Network : NoAnswerCause.Timeout);
        }

        await PassAsync(Latency(), cancellationToken);
        var truth = order.AnswerAt(facts.Elapsed);
        await PassAsync(Latency(), cancellationToken);
        if (dice.Hits(state.Rates.ProviderError))
        {
            facts.Disturbances.Count("provider error");
            return new ProviderAnswer.NoAnswer(
                dice.Pick(Enum.GetValues<NoAnswerCause>()),
                dice.Hits(0.3) ? dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(15)) : null);
        }

        if (!dice.Hits(state.Rates.ProviderConfusion)) return truth;
        facts.Disturbances.Count("provider confused");
        if (order.Plan.Settlement != Settlement.Succeeded || !dice.Hits(0.1))
            return dice.Hits(0.5) ? new ProviderAnswer.Pending() : new ProviderAnswer.UnknownStatus("on_holiday");
        order.WasSaidToBeHeld = true;
        return new ProviderAnswer.WaitingForCapture();
    }

    private Task PassAsync(TimeSpan time, CancellationToken cancellationToken) =>
        Task.Delay(time, clock, cancellationToken);

    private TimeSpan Latency() => dice.Hits(0.02)
        ? dice.Between(LatencyMax, facts.Payment.ApiTimeout / 2.1)
        : dice.Between(LatencyMin, LatencyMax);
}

/// <summary>How the provider, or the machine, is doing.</summary>
internal sealed class ProviderState(Scheduler scheduler)
{
    private long _awayUntil;

    public Rates Rates { get; set; } = Rates.None;

    public bool IsAway => _awayUntil > scheduler.Elapsed;

    public void GoAway(TimeSpan duration) => _awayUntil = scheduler.Elapsed + duration.Ticks;

    public void ComeBack() => _awayUntil = 0;
}
