using System.Collections.Concurrent;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Storage;

/// <summary>What memory storages hold: one for a silo, or one that the silos of a test cluster share.</summary>
internal sealed class MemoryStates
{
    private long _version;

    /// <summary>By storage, grain and state.</summary>
    public ConcurrentDictionary<(string, GrainId, string), (object? State, string ETag)> All { get; } = new();

    public long NextVersion() => Interlocked.Increment(ref _version);
}
