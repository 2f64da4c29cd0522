using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Plans;

/// <summary>Something wrong with the service, put in place of a port: what a checker must notice.</summary>
internal abstract class Mutation
{
    public abstract void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape);
}
