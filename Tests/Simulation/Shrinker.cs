using CoffeePayment.Tests.Simulation.Faults;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation;

/// <summary>Leaves out of a plan what a failure does not need: orders, faults, and whole kinds of faults.</summary>
internal static class Shrinker
{
    /// <summary>How often a plan is run again at most.</summary>
    private const int RunsMax = 120;

    /// <summary>The smallest failing run that was found; it breaks the same promise.</summary>
    public static SimulationResult Shrink(SimulationResult failed)
    {
        // Again, since the run that failed kept neither all of its trace nor what the silos logged.
        var smallest = Simulation.Run(failed.Plan, keepsTrace: true);
        var runs = 0;
        for (var isSmaller = true; isSmaller;)
        {
            isSmaller = false;
            foreach (var plan in Smaller(smallest.Plan))
            {
                if (runs++ == RunsMax) return smallest;
                var result = Simulation.Run(plan, keepsTrace: true);
                if (result.Failure?.Checker != failed.Failure?.Checker) continue;
                smallest = result;
                isSmaller = true;
                break;
            }
        }

        return smallest;
    }

    private static IEnumerable<SimulationPlan> Smaller(SimulationPlan plan)
    {
        if (plan.Faults.Count > 1) yield return plan with { Faults = [] };
        if (plan.Rates != Rates.None) yield return plan with { Rates = Rates.None };
        for (var i = plan.Orders.Count - 1; i >= 0 && plan.Orders.Count > 1; i--)
            yield return plan with { Orders = Without(plan.Orders, i) };
        for (var i = plan.Faults.Count - 1; i >= 0; i--) yield return plan with { Faults = Without(plan.Faults, i) };
        foreach (var rate in typeof(Rates).GetProperties().Where(rate => rate.PropertyType == typeof(double)))
        {
            if ((double)rate.GetValue(plan.Rates)! == 0) continue;
            var rates = plan.Rates with { };
            rate.SetValue(rates, 0.0);
            yield return plan with { Rates = rates };
        }
    }

    private static T[] Without<T>(IReadOnlyList<T> items, int index) => [.. items.Where((_, i) => i != index)];
}
