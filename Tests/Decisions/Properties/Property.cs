using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>Runs a property. What fails is shrunk and shown with its seed.</summary>
public static class Property
{
    /// <summary>Checks that the assertions hold for arbitrary values.</summary>
    /// <param name="values">Where the values come from.</param>
    /// <param name="assertions">Throws where the property does not hold.</param>
    /// <param name="count">How many values are tried.</param>
    /// <param name="replay">To see a failure again: the numbers of its message, "after n tests (seed,gamma)".</param>
    public static void Holds<T>(
        Arbitrary<T> values, Action<T> assertions, int count = 400, (ulong Seed, ulong Gamma)? replay = null)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true);
        if (replay is var (seed, gamma)) config = config.WithReplay(seed, gamma);

        Check.One(config, Prop.ForAll(values, assertions));
    }

    /// <summary>Checks that the assertions hold for every step of arbitrary lives.</summary>
    public static void HoldsAtEveryStep(Action<Transition> assertions, int count = 400) => Holds(
        Lives.Arbitrary(),
        life =>
        {
            foreach (var transition in life.Live())
                assertions(transition);
        },
        count);
}
