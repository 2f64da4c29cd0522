using CoffeePayment.Grains;
using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation;

/// <summary>
/// One order from its registration to its end, again and again: its silo is killed after the first step, after the
/// second, and so on, so that no await is left out by chance.
/// </summary>
[Collection(Simulations.Name)]
public sealed class KillAtEveryStepTests
{
    /// <summary>A life has some hundreds of steps on each silo.</summary>
    private const int StepsMin = 100;

    private const int StepsMax = 5_000;

    private static readonly TimeSpan RegisterAt = TimeSpan.FromSeconds(8);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Kill_AfterEachStepOfALifeThatIsPaid_BreaksNoPromise(int silo) =>
        KillAfterEachStep(silo, Order(settlesAfter: 7), Rates.None);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Kill_AfterEachStepOfALifeWhoseMachineRefuses_BreaksNoPromise(int silo) =>
        KillAfterEachStep(silo, Order(settlesAfter: 3), Rates.None with { MachineRefusal = 1 });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Kill_AfterEachStepOfALifeThatExpiresAndIsPaidLate_BreaksNoPromise(int silo) => KillAfterEachStep(
        silo,
        Order(settlesAfter: 9) with { ExpiresAfter = TimeSpan.FromSeconds(4) },
        Rates.None);

    private static void KillAfterEachStep(int silo, OrderPlan order, Rates rates)
    {
        var step = 0;
        for (var isKilled = true; isKilled && step < StepsMax; step++)
        {
            var result = Simulation.Run(PlanOf(silo, step, order, rates));

            Assert.True(
                result.Failure is null,
                result.Failure is null ? "" : Seeds.Explain(result, $"./test {nameof(KillAtEveryStepTests)}"));
            isKilled = result.Faults.ContainsKey("kill");
        }

        Assert.InRange(step, StepsMin, StepsMax - 1);
    }

    private static OrderPlan Order(int settlesAfter) => new()
    {
        Id = "order-1",
        RegisterAt = RegisterAt,
        StartedAt = RegisterAt,
        Settlement = Settlement.Succeeded,
        SettlesAt = RegisterAt + TimeSpan.FromSeconds(settlesAfter),
    };

    private static SimulationPlan PlanOf(int silo, int step, OrderPlan order, Rates rates) => new()
    {
        Seed = 1,
        Silos = 2,
        Orders = [order],
        Faults = [new FaultPlan(FaultKind.Kill, RegisterAt, TimeSpan.FromSeconds(5), silo, step)],
        Rates = rates,
        DriftsPpm = [0, 0],
        HealAt = RegisterAt + TimeSpan.FromSeconds(12),
        Payment = new PaymentOptions { LateChecks = [TimeSpan.FromSeconds(6)] },
        ProbeTimeout = TimeSpan.FromSeconds(2),
    };
}
