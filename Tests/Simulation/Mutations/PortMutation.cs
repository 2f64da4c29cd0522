using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>A service that stands between itself and one of its ports, and does wrong there.</summary>
internal abstract class PortMutation<TPort> : Mutation
    where TPort : class
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape)
    {
        var honest = (TPort)services.Last(service => service.ServiceType == typeof(TPort)).ImplementationInstance!;
        services.AddSingleton(Port(honest, silo, landscape));
    }

    protected abstract TPort Port(TPort honest, SimulatedSilo silo, Landscape landscape);
}
