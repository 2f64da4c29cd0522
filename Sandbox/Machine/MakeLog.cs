using System.Runtime.InteropServices;
using CoffeePayment.Sandbox.Traffic;

namespace CoffeePayment.Sandbox.Machine;

/// <summary>A command as the machine got it.</summary>
internal readonly record struct MakeOrder(string DeviceId, string OrderUuid, string DrinkUuid, string Size, int Price);

/// <summary>What the machine did about a command; until it has answered, it counts as hung.</summary>
internal enum MakeAnswer : byte
{
    Hung,
    Accepted,
    Error,
}

internal readonly record struct MakeEntry(
    MakeOrder Order, DateTimeOffset ReceivedAt, MakeAnswer Answer, int HttpStatus);

/// <summary>
/// Every command in the order received. All are kept, as they are the evidence; about 170 bytes each, since devices
/// and drinks, of which there are few, share their strings.
/// </summary>
internal sealed class MakeLog
{
    private const int StringsShared = 10_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _shared = new(StringComparer.Ordinal);
    private readonly List<MakeEntry> _entries = [];

    public int Received(MakeOrder order, DateTimeOffset at)
    {
        lock (_lock)
        {
            order = order with { DeviceId = Share(order.DeviceId), DrinkUuid = Share(order.DrinkUuid) };
            _entries.Add(new MakeEntry(order, at, MakeAnswer.Hung, 0));
            return _entries.Count - 1;
        }
    }

    public void Answered(int index, MakeAnswer answer, int httpStatus)
    {
        lock (_lock)
            _entries[index] = _entries[index] with { Answer = answer, HttpStatus = httpStatus };
    }

    /// <summary>Up to <paramref name="count"/> entries from <paramref name="first"/> on.</summary>
    public IReadOnlyList<MakeEntry> Slice(int first, int count)
    {
        lock (_lock)
            return _entries.Slice(Math.Min(first, _entries.Count), Math.Clamp(_entries.Count - first, 0, count));
    }

    public MachineView View()
    {
        lock (_lock)
        {
            var orders = new Dictionary<string, (int Commands, int Drinks)>(_entries.Count, StringComparer.Ordinal);
            var answers = new int[3];
            foreach (var entry in _entries)
            {
                answers[(int)entry.Answer]++;
                ref var order = ref CollectionsMarshal.GetValueRefOrAddDefault(orders, entry.Order.OrderUuid, out _);
                order.Commands++;
                order.Drinks += entry.Answer == MakeAnswer.Error ? 0 : 1;
            }

            return new MachineView(
                _entries.Count,
                answers[(int)MakeAnswer.Accepted],
                answers[(int)MakeAnswer.Error],
                answers[(int)MakeAnswer.Hung],
                orders.Count,
                orders.Values.Count(o => o.Commands > 1),
                orders.Values.Count(o => o.Drinks > 1));
        }
    }

    private string Share(string text)
    {
        if (_shared.TryGetValue(text, out var shared))
            return shared;
        if (_shared.Count < StringsShared)
            _shared.Add(text);
        return text;
    }
}
