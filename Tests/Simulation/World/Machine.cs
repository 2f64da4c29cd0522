using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Tests.Simulation.Core;

namespace CoffeePayment.Tests.Simulation.World;

/// <summary>The coffee machine as one silo reaches it.</summary>
internal sealed class Machine(Facts facts, Dice dice, ProviderState state, Lane silo, LaneTime clock) : ICoffeeMachine
{
    private static readonly TimeSpan LatencyMin = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<MakeAnswer> MakeAsync(MakeCommand command)
    {
        var order = facts.Orders[command.CommandId];
        silo.Deeds++;
        await PassAsync(dice.Between(LatencyMin, LatencyMax));
        if (dice.Hits(state.Rates.MachineRefusal) || (state.IsAway && dice.Hits(0.5)))
        {
            facts.Disturbances.Count("machine refused");
            facts.Trace.Add($"the machine refuses {order.Id} to {silo.Name}");
            facts.Tell(checker => checker.Refused(order, silo));
            await PassAsync(dice.Between(LatencyMin, LatencyMax));
            return new MakeAnswer.Refused("cup_missing");
        }

        var isSilent = state.IsAway || dice.Hits(state.Rates.MachineSilence);
        facts.Trace.Add($"the machine gets {order.Id} from {silo.Name}");
        facts.Tell(checker => checker.Commanded(order, silo));
        order.WasMachineSilent |= isSilent;
        await PassAsync(isSilent ? Timeout : dice.Between(LatencyMin, LatencyMax));
        if (!isSilent) return new MakeAnswer.Accepted();
        facts.Disturbances.Count("machine silent");
        return new MakeAnswer.Unknown("timeout");
    }

    private Task PassAsync(TimeSpan time) => Task.Delay(time, clock);
}
