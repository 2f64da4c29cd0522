using System.Text.Json;
using CoffeePayment.Tests.Faults.Campaigns;
using CoffeePayment.Tests.Faults.StandIns;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Faults.Orders;

/// <summary>Where the orders of a campaign stand, and whether that is where they may be left.</summary>
internal sealed class Ledger(ApiWatch api, MachineStandIn machine, Func<Allowance> allowance)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, End?> _ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _histories = new(StringComparer.Ordinal);

    /// <summary>Reads the orders until each is where it may be left, or the time is over.</summary>
    public async Task SettleAsync(IEnumerable<ScriptedOrder> orders, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        var open = orders.ToList();
        do
        {
            await ReadAsync(open.Select(order => order.Id));
            open.RemoveAll(order => _ends[order.Id] is { } end && order.MayEndAs(end, allowance()));
            await Pause.ForAsync(LookInterval);
        }
        while (open.Count > 0 && TimeProvider.System.GetElapsedTime(started) < patience);
    }

    /// <summary>Reads orders that had ended before, and says which are no longer so.</summary>
    public async Task<IReadOnlyList<string>> ChangedAsync(IReadOnlyDictionary<string, End> settled)
    {
        await ReadAsync(settled.Keys);
        return
        [
            .. settled.Where(order => _ends[order.Key] != order.Value)
                .Select(order => $"{order.Key} was {order.Value} and is {_ends[order.Key]}"),
        ];
    }

    /// <summary>How each of them ended, where that could be read.</summary>
    public IEnumerable<(string OrderId, End End)> EndsOf(IEnumerable<ScriptedOrder> orders) =>
        from order in orders where _ends[order.Id] is not null select (order.Id, _ends[order.Id]!.Value);

    /// <summary>What is in the books now.</summary>
    public LedgerEntry Close(IReadOnlyCollection<ScriptedOrder> orders)
    {
        var commands = machine.Commands.ToLookup(command => command.OrderId, StringComparer.Ordinal);
        var lost = orders
            .Select(order => WhyLost(order, [.. commands[order.Id]]))
            .OfType<string>()
            .ToList();
        return new LedgerEntry(
            orders.Count,
            orders.Count(order => _ends[order.Id] == order.Scripted),
            lost);
    }

    /// <summary>Commands that the machines got although the one before may have made the drink.</summary>
    public static IReadOnlyList<string> SecondCommands(
        IEnumerable<ScriptedOrder> orders, IEnumerable<MachineStandIn.Command> commands)
    {
        var taken = commands.Where(command => !command.IsRefused).ToLookup(command => command.OrderId);
        return [.. orders.Where(order => taken[order.Id].Skip(1).Any()).Select(order => order.Id)];
    }

    private string? WhyLost(ScriptedOrder order, IReadOnlyList<MachineStandIn.Command> commands)
    {
        if (_ends[order.Id] is not { } end) return $"{order.Id} ({order.Ending}) cannot be read";
        if (!order.MayEndAs(end, allowance())) return $"{order.Id} ({order.Ending}) is {end}: {_histories[order.Id]}";

        var taken = commands.Count(command => !command.IsRefused);
        var mayHaveTaken = end == End.Made ? taken == 1 : end == End.MakeUnknown || taken == 0;
        return mayHaveTaken
            ? null
            : $"{order.Id} ({order.Ending}) is {end}, and the machine took {taken} commands: {_histories[order.Id]}";
    }

    private Task ReadAsync(IEnumerable<string> orderIds) => Parallel.ForEachAsync(
        orderIds, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, _) => await ReadAsync(id));

    private async Task ReadAsync(string orderId)
    {
        var answer = await api.GetAsync($"v1/orders/{orderId}");
        End? end = null;
        var history = "";
        if (answer is { Status: StatusCodes.Status404NotFound })
            end = new End("not found", null);
        else if (answer is { IsSuccess: true } found)
            (end, history) = (EndOf(found.Json), found.Json.GetProperty("history").GetRawText());

        lock (_ends)
        {
            _ends[orderId] = end ?? _ends.GetValueOrDefault(orderId);
            if (end is not null) _histories[orderId] = history;
        }
    }

    private static End EndOf(JsonElement order) =>
        new(order.GetProperty("status").GetString()!, order.GetProperty("status_reason").GetString());
}

/// <summary>The sums of a ledger.</summary>
/// <param name="Orders">How many orders were acknowledged.</param>
/// <param name="AsScripted">How many of them ended as if nothing had gone wrong.</param>
/// <param name="Lost">Those that are where the rules do not leave them, with why.</param>
internal sealed record LedgerEntry(int Orders, int AsScripted, IReadOnlyList<string> Lost);
