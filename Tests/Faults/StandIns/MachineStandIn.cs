using System.Collections.Concurrent;
using System.Text.Json;
using CoffeePayment.Tests.Faults.Orders;

namespace CoffeePayment.Tests.Faults.StandIns;

/// <summary>The machines: what one does with a command is its name, and what all do can be changed.</summary>
internal sealed class MachineStandIn : StandIn
{
    private readonly ConcurrentQueue<Command> _commands = new();
    private volatile Misbehaviour.Spoil? _spoil;
    private volatile bool _refuses;
    private long _spoilt;

    /// <summary>A command as it came, written down before it was answered.</summary>
    /// <param name="OrderId">The order.</param>
    /// <param name="IsRefused">Whether the answer says that nothing was made; else something may have been.</param>
    public readonly record struct Command(string OrderId, bool IsRefused);

    public IReadOnlyCollection<Command> Commands => [.. _commands];

    /// <summary>How many commands it has answered as it was told to, and not as the machine would have.</summary>
    public long Spoilt => Interlocked.Read(ref _spoilt);

    /// <summary>Takes every command from now on and answers it so; null: as it should.</summary>
    public void Misbehave(Misbehaviour.Spoil? spoil) => _spoil = spoil;

    /// <summary>Whether every command is refused with a 4xx.</summary>
    public void Refuse(bool refuses) => _refuses = refuses;

    protected override async Task AnswerAsync(HttpContext context)
    {
        var commands = await context.Request.ReadFromJsonAsync<JsonElement>();
        var device = Enum.Parse<Ending>(commands[0].GetProperty("deviceId").GetString()!);
        var refuses = _refuses || device == Ending.MachineRefuses;
        if (_refuses || _spoil is not null) Interlocked.Increment(ref _spoilt);
        _commands.Enqueue(new Command(commands[0].GetProperty("orderUuid").GetString()!, refuses));
        if (refuses)
            context.Response.StatusCode = StatusCodes.Status409Conflict;
        else if (BehaviourOf(device) is { } spoil)
            await spoil(context, [.. "accepted"u8]);
    }

    private Misbehaviour.Spoil? BehaviourOf(Ending device) => device switch
    {
        Ending.MachineFails => Misbehaviour.Status(StatusCodes.Status500InternalServerError),
        Ending.MachineHangs => Misbehaviour.HangAsync,
        Ending.MachineHangsUp => Misbehaviour.HangUpAsync,
        _ => _spoil,
    };
}
