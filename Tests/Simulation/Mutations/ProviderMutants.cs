using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>Once a webhook has come for a payment, it counts as paid.</summary>
internal sealed class WebhookBelieved : PortMutation<IPaymentProvider>
{
    protected override IPaymentProvider Port(IPaymentProvider honest, SimulatedSilo silo, Landscape landscape) =>
        new Gullible(honest, landscape.Facts);

    private sealed class Gullible(IPaymentProvider honest, Facts facts) : IPaymentProvider
    {
        public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
        {
            var answer = await honest.AskAsync(inquiry, cancellationToken);
            return facts.Orders[inquiry.OrderId].LastHintAt is null
                ? answer
                : new ProviderAnswer.Succeeded(OrderFacts.Price);
        }
    }
}

/// <summary>What the provider says of money is overlooked.</summary>
internal sealed class MoneyOverlooked : PortMutation<IPaymentProvider>
{
    protected override IPaymentProvider Port(IPaymentProvider honest, SimulatedSilo silo, Landscape landscape) =>
        new Blind(honest);

    private sealed class Blind(IPaymentProvider honest) : IPaymentProvider
    {
        public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken) =>
            await honest.AskAsync(inquiry, cancellationToken) is var answer and not ProviderAnswer.Succeeded
                ? answer
                : new ProviderAnswer.Pending();
    }
}

/// <summary>A question that takes long is given up without being ended, and asked again.</summary>
internal sealed class SecondQuestionBesideTheFirst : PortMutation<IPaymentProvider>
{
    protected override IPaymentProvider Port(IPaymentProvider honest, SimulatedSilo silo, Landscape landscape) =>
        new Impatient(honest, silo.Clock);

    private sealed class Impatient(IPaymentProvider honest, TimeProvider time) : IPaymentProvider
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

        public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
        {
            var first = honest.AskAsync(inquiry, cancellationToken);
            try
            {
                return await first.WaitAsync(Patience, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return await honest.AskAsync(inquiry, cancellationToken);
            }
        }
    }
}

/// <summary>An order that is done is looked at once more, to be sure.</summary>
internal sealed class DoneLookedAtAgain : PortMutation<IPaymentProvider>
{
    protected override IPaymentProvider Port(IPaymentProvider honest, SimulatedSilo silo, Landscape landscape) =>
        new Doubtful(honest, silo.Clock);

    private sealed class Doubtful(IPaymentProvider honest, TimeProvider time) : IPaymentProvider
    {
        private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(10);

        public async Task<ProviderAnswer> AskAsync(PaymentInquiry inquiry, CancellationToken cancellationToken)
        {
            var answer = await honest.AskAsync(inquiry, cancellationToken);
            if (answer is ProviderAnswer.Succeeded or ProviderAnswer.Canceled) _ = AskAgainAsync(inquiry);
            return answer;
        }

        private async Task AskAgainAsync(PaymentInquiry inquiry)
        {
            await Task.Delay(Doubt, time);
            await honest.AskAsync(inquiry, CancellationToken.None);
        }
    }
}
