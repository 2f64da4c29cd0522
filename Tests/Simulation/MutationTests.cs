using CoffeePayment.Tests.Simulation.Checkers;
using CoffeePayment.Tests.Simulation.Mutations;
using CoffeePayment.Tests.Simulation.Plans;

namespace CoffeePayment.Tests.Simulation;

/// <summary>
/// The proof of the prover: a service that breaks a promise is found out, by the checker of that promise.
/// </summary>
[Collection(Simulations.Name)]
public sealed class MutationTests
{
    private const long SeedsMax = 400;

    [Fact]
    public void WriteAfterSend_SomeSeeds_BreaksP2() =>
        AssertFound<OneMakeChecker>(new WriteAfterSend(), "nothing stored tells of");

    [Fact]
    public void SentTwice_SomeSeeds_BreaksP2() => AssertFound<OneMakeChecker>(new SentTwice(), "a second command");

    [Fact]
    public void NeverSent_SomeSeeds_BreaksP2() => AssertFound<OneMakeChecker>(new NeverSent(), "0 arrived");

    [Fact]
    public void NoEtag_SomeSeeds_BreaksP1() => AssertFound<LifeChecker>(new NoEtag());

    [Fact]
    public void AttemptsNotPersisted_SomeSeeds_BreaksP1() => AssertFound<LifeChecker>(new AttemptsNotPersisted());

    [Fact]
    public void UnansweredNotPersisted_SomeSeeds_BreaksP1() =>
        AssertFound<LifeChecker>(new UnansweredNotPersisted(), "was given up after");

    [Fact]
    public void IndexBeforeNothing_SomeSeeds_BreaksP5() => AssertFound<RecoveryChecker>(new IndexBeforeNothing());

    [Fact]
    public void IndexesNotKept_SomeSeeds_BreaksP5() => AssertFound<RecoveryChecker>(new IndexesNotKept());

    [Fact]
    public void NoSweeperGrace_SomeSeeds_WakesWhatIsNoOrphan() => AssertFound<SweepChecker>(new NoSweeperGrace());

    [Fact]
    public void TimerNotArmed_SomeSeeds_BreaksTheCadence() => AssertFound<CadenceChecker>(new TimerNotArmed());

    [Fact]
    public void ArmedFromTheEnd_SomeSeeds_BreaksTheCadence() => AssertFound<CadenceChecker>(new ArmedFromTheEnd());

    [Fact]
    public void WebhookBelieved_SomeSeeds_BreaksP3() => AssertFound<MoneyChecker>(new WebhookBelieved());

    [Fact]
    public void MoneyOverlooked_SomeSeeds_BreaksP3() => AssertFound<MoneyChecker>(new MoneyOverlooked(), "is paid");

    [Fact]
    public void NoLateChecks_SomeSeeds_BreaksP3() =>
        AssertFound<MoneyChecker>(new NoLateChecks(), "late checks were left out");

    [Fact]
    public void AttentionNotDrawn_SomeSeeds_BreaksP3() => AssertFound<AttentionChecker>(new AttentionNotDrawn());

    [Fact]
    public void PaymentGivenTwice_SomeSeeds_PaysTwoOrders() => AssertFound<OnePaymentChecker>(new PaymentGivenTwice());

    [Fact]
    public void OrphansLeftToSeldomSweeps_SomeSeeds_BreaksP5() =>
        AssertFound<RecoveryChecker>(new OrphansLeftToSeldomSweeps());

    [Fact]
    public void SecondQuestionBesideTheFirst_SomeSeeds_BreaksP4() =>
        AssertFound<NoOverlapChecker>(new SecondQuestionBesideTheFirst());

    [Fact]
    public void TimersEarly_SomeSeeds_BreaksP4() => AssertFound<NoOverlapChecker>(new TimersEarly());

    [Fact]
    public void EndNotReadBack_SomeSeeds_BreaksP6() => AssertFound<QuietChecker>(new EndNotReadBack());

    [Fact]
    public void DoneLookedAtAgain_SomeSeeds_BreaksP6() => AssertFound<QuietChecker>(new DoneLookedAtAgain());

    [Fact]
    public void Failure_Shrunk_KeepsOnlyWhatItNeeds()
    {
        var failed = Find<LifeChecker>(new AttemptsNotPersisted());

        var smallest = Shrinker.Shrink(failed!);

        Assert.Equal(nameof(LifeChecker), smallest.Failure?.Checker);
        Assert.Single(smallest.Plan.Orders);
        Assert.Empty(smallest.Plan.Faults);
    }

    /// <summary>That the checker finds it, and says so, where it could also find something else.</summary>
    private static void AssertFound<TChecker>(Mutation mutation, string says = "")
        where TChecker : Checker =>
        Assert.True(
            Find<TChecker>(mutation, says) is not null,
            $"{typeof(TChecker).Name} noticed nothing in {SeedsMax} seeds.");

    private static SimulationResult? Find<TChecker>(Mutation mutation, string says = "")
        where TChecker : Checker
    {
        for (var seed = 1ul; seed <= SeedsMax; seed++)
        {
            var result = Simulation.Run(PlanMaker.Make(seed) with { Mutation = mutation });
            if (result.Failure is { } failure
                && failure.Checker == typeof(TChecker).Name
                && failure.What.Contains(says, StringComparison.Ordinal))
            {
                return result;
            }
        }

        return null;
    }
}
