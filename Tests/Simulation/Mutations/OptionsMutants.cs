using CoffeePayment.Grains;
using CoffeePayment.Grains.Sweeping;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>A service that has other settings than it is told.</summary>
internal abstract class OptionsMutation : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape)
    {
        var payment = landscape.Facts.Payment;
        var mutated = new PaymentOptions
        {
            FastTrackLimit = payment.FastTrackLimit,
            OrderExpiration = payment.OrderExpiration,
            MachineDeduplicates = payment.MachineDeduplicates,
            LateChecks = payment.LateChecks,
        };
        Mutate(mutated);
        services.AddSingleton(Options.Create(mutated));
    }

    protected abstract void Mutate(PaymentOptions payment);
}

/// <summary>An order that was given up is never looked at again.</summary>
internal sealed class NoLateChecks : OptionsMutation
{
    protected override void Mutate(PaymentOptions payment) => payment.LateChecks = [];
}

/// <summary>Nobody takes over the orders of a silo that dies, and sweeps come half as often as they should.</summary>
internal sealed class OrphansLeftToSeldomSweeps : OptionsMutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape)
    {
        base.Configure(services, silo, landscape);
        services.Remove(services.Single(service => service.ImplementationType == typeof(TakeoverWatcher)));
    }

    protected override void Mutate(PaymentOptions payment) => payment.SweepPeriod *= 2;
}
