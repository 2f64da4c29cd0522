using CoffeePayment.Orders;

namespace CoffeePayment.Ports;

/// <summary>Sends make commands to a coffee machine, through whatever telemetry service it hangs on.</summary>
public interface ICoffeeMachine
{
    /// <summary>
    /// Sends the command once, without retries, within 10 s. Every outcome is an answer; it never throws, since a
    /// command that may have left is <see cref="MakeAnswer.Unknown"/>.
    /// </summary>
    Task<MakeAnswer> MakeAsync(MakeCommand command);
}

/// <summary>What sending a make command came to.</summary>
public abstract record MakeAnswer
{
    private MakeAnswer()
    {
    }

    /// <summary>The machine will make the drink (2xx).</summary>
    public sealed record Accepted : MakeAnswer;

    /// <summary>The machine did not and will not make the drink: connection refused, or 4xx.</summary>
    /// <param name="Reason">Why, for the history: <c>connection_refused</c>, <c>http_404</c>.</param>
    public sealed record Refused(string Reason) : MakeAnswer;

    /// <summary>Nobody knows whether the drink is made: timeout, broken connection, 5xx.</summary>
    /// <param name="Reason">Why, for the history: <c>timeout</c>, <c>http_500</c>, <c>network</c>.</param>
    public sealed record Unknown(string Reason) : MakeAnswer;
}
