using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>
/// Lets a part of the engine talk with the same part on other silos. Questions and answers are types that may cross
/// grain calls; a question has one answerer a silo, found by its type.
/// </summary>
internal interface IQuestions
{
    /// <exception cref="TimeoutException">No answer in time.</exception>
    /// <exception cref="SiloUnavailableException">The silo cannot be reached.</exception>
    Task<TAnswer> AskAsync<TQuestion, TAnswer>(
        SiloAddress silo, TQuestion question, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Sets who answers questions of that type. Before the silo starts.</summary>
    void Answer<TQuestion, TAnswer>(Func<SiloAddress, TQuestion, ValueTask<TAnswer>> answerer);
}
