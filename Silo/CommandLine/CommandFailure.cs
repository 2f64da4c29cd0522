namespace CoffeePayment.Silo.CommandLine;

/// <summary>A command cannot go on; the message is the one line that says why.</summary>
/// <param name="exitCode">How it ends: one of <see cref="ExitCodes"/>.</param>
/// <param name="message">Why, in one line.</param>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>What the service answered, for <c>--json</c>; null if it did not, or not in JSON.</summary>
    public string? Document { get; init; }
}
