using System.Collections.Concurrent;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Grains;

/// <summary>
/// What outlives a process: the states and the indexes, and a journal of the order in which they were written.
/// </summary>
public sealed class Stores
{
    public Stores()
    {
        States = new ScriptedGrainStorage(Journal);
        var pending = new MemoryPendingPaymentIndex();
        Pending = new ScriptedPendingIndex(pending);
        Indexes = new ScriptedIndexWriter(
            new MemoryOrderIndexWriter(pending, Payments, Statuses, Attention, Machines), Pending, Journal);
    }

    /// <summary>Every write and every command, oldest first: <c>state order-1 paid</c>, <c>make order-1</c>.</summary>
    public ConcurrentQueue<string> Journal { get; } = new();

    public ScriptedGrainStorage States { get; }

    public ScriptedIndexWriter Indexes { get; }

    public ScriptedPendingIndex Pending { get; }

    public MemoryPaymentReferenceIndex Payments { get; } = new();

    public MemoryOrderStatusIndex Statuses { get; } = new();

    public MemoryAttentionIndex Attention { get; } = new();

    public MemoryMachineIndex Machines { get; } = new();
}
