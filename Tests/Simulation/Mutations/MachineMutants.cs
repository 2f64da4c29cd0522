using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Plans;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>A service that does not send the machine what it should.</summary>
internal abstract class MachineMutation : Mutation
{
    public override void Configure(IServiceCollection services, SimulatedSilo silo, Landscape landscape)
    {
        var honest = (ICoffeeMachine)services.Last(
            service => service.ServiceType == typeof(ICoffeeMachine)).ImplementationInstance!;
        services.AddSingleton(Machine(honest));
    }

    protected abstract ICoffeeMachine Machine(ICoffeeMachine honest);
}

/// <summary>A command without an answer is sent again, as a client with retries does.</summary>
internal sealed class SentTwice : MachineMutation
{
    protected override ICoffeeMachine Machine(ICoffeeMachine honest) => new Stubborn(honest);

    private sealed class Stubborn(ICoffeeMachine honest) : ICoffeeMachine
    {
        public async Task<MakeAnswer> MakeAsync(MakeCommand command)
        {
            var answer = await honest.MakeAsync(command);
            return answer is MakeAnswer.Unknown ? await honest.MakeAsync(command) : answer;
        }
    }
}

/// <summary>Commands count as accepted without being sent.</summary>
internal sealed class NeverSent : MachineMutation
{
    protected override ICoffeeMachine Machine(ICoffeeMachine honest) => new Idle();

    private sealed class Idle : ICoffeeMachine
    {
        public Task<MakeAnswer> MakeAsync(MakeCommand command) =>
            Task.FromResult<MakeAnswer>(new MakeAnswer.Accepted());
    }
}
