using System.CommandLine;
using CoffeePayment.Silo.Client;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>What a command that talks to the service works with.</summary>
/// <param name="Arguments">What was asked for.</param>
/// <param name="Service">The service.</param>
/// <param name="IsJson">Whether the answer is printed as JSON.</param>
/// <param name="Stop">Ctrl+C.</param>
internal sealed record CommandContext(
    ParseResult Arguments, ServiceConnection Service, bool IsJson, CancellationToken Stop)
{
    /// <summary>What scripts read.</summary>
    public TextWriter Out => Arguments.InvocationConfiguration.Output;

    /// <summary>What only people read: warnings, progress.</summary>
    public TextWriter Error => Arguments.InvocationConfiguration.Error;

    public T? Value<T>(Option<T> option) => Arguments.GetValue(option);

    public T Value<T>(Argument<T> argument) => Arguments.GetRequiredValue(argument);
}
