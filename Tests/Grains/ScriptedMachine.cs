using System.Collections.Concurrent;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Grains;

/// <summary>
/// A machine that answers as the test says (accepted if it says nothing), and remembers its commands.
/// </summary>
public sealed class ScriptedMachine(ConcurrentQueue<string> journal) : ICoffeeMachine
{
    private readonly ConcurrentQueue<MakeAnswer> _answers = new();
    private readonly ConcurrentQueue<MakeCommand> _commands = new();

    /// <summary>Runs whenever a command arrives; null to do nothing.</summary>
    public Action? WhenAsked { get; set; }

    public IReadOnlyList<MakeCommand> Commands => [.. _commands];

    /// <summary>The next command that has no answer yet is answered like this.</summary>
    public void AnswerNextWith(MakeAnswer answer) => _answers.Enqueue(answer);

    public Task<MakeAnswer> MakeAsync(MakeCommand command)
    {
        _commands.Enqueue(command);
        journal.Enqueue($"make {command.CommandId}");
        WhenAsked?.Invoke();
        return Task.FromResult(_answers.TryDequeue(out var answer) ? answer : new MakeAnswer.Accepted());
    }
}
