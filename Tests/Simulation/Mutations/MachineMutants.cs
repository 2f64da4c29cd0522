using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.World;

namespace CoffeePayment.Tests.Simulation.Mutations;

/// <summary>A command without an answer is sent again, as a client with retries does.</summary>
internal sealed class SentTwice : PortMutation<ICoffeeMachine>
{
    protected override ICoffeeMachine Port(ICoffeeMachine honest, SimulatedSilo silo, Landscape landscape) =>
        new Stubborn(honest);

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
internal sealed class NeverSent : PortMutation<ICoffeeMachine>
{
    protected override ICoffeeMachine Port(ICoffeeMachine honest, SimulatedSilo silo, Landscape landscape) =>
        new Idle();

    private sealed class Idle : ICoffeeMachine
    {
        public Task<MakeAnswer> MakeAsync(MakeCommand command) =>
            Task.FromResult<MakeAnswer>(new MakeAnswer.Accepted());
    }
}
