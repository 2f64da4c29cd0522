using CoffeePayment.Grains;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation;

/// <summary>
/// One order from its registration to its command, again and again: its silo is killed after the first step, after the
/// second, and so on, so that no await is left out by chance.
/// </summary>
[Collection(Simulations.Name)]
public sealed class KillAtEveryStepTests
{
    /// <summary>A life has some hundreds of steps on each silo.</summary>
    private const int StepsMin = 100;

    private const int StepsMax = 5_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Kill_AfterEachStepOfALife_BreaksNoPromise(int silo)
    {
        var step = 0;
        for (var isKilled = true; isKilled && step < StepsMax; step++)
        {
            var result = Simulation.Run(PlanOf(silo, step));

            Assert.True(result.Failure is null, result.Failure is null ? "" : Seeds.Explain(result));
            isKilled = result.Faults.ContainsKey("kill");
        }

        Assert.InRange(step, StepsMin, StepsMax - 1);
    }

    private static SimulationPlan PlanOf(int silo, int step)
    {
        var registerAt = TimeSpan.FromSeconds(8);
        return new SimulationPlan
        {
            Seed = 1,
            Silos = 2,
            Orders =
            [
                new OrderPlan
                {
                    Id = "order-1",
                    RegisterAt = registerAt,
                    StartedAt = registerAt,
                    Settlement = Settlement.Succeeded,
                    SettlesAt = registerAt + TimeSpan.FromSeconds(7),
                },
            ],
            Faults = [new FaultPlan(FaultKind.Kill, registerAt, TimeSpan.FromSeconds(5), silo, step)],
            Rates = Rates.None,
            DriftsPpm = [0, 0],
            HealAt = registerAt + TimeSpan.FromSeconds(12),
            Payment = new PaymentOptions { LateChecks = [TimeSpan.FromMinutes(1)] },
            ProbeTimeout = TimeSpan.FromSeconds(2),
        };
    }
}
