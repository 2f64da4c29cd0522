using System.Globalization;
using System.Text.Json;
using CoffeePayment.Engine.Types;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace CoffeePayment.Engine.Storage;

/// <summary>Keeps states in the memory of the process, with etags; for tests and trials.</summary>
internal sealed class MemoryStorage(string name, MemoryStates states, IGrainStorageSerializer? serializer)
    : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = states.All.TryGetValue((name, grainId, stateName), out var stored);
        grainState.State = grainState.RecordExists ? Unpack<T>(stored.State) : NewState.Of<T>();
        grainState.ETag = stored.ETag;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var etag = states.NextVersion().ToString(CultureInfo.InvariantCulture);
        var packed = (Pack(grainState.State), etag);
        var key = (name, grainId, stateName);
        var isStored = states.All.TryGetValue(key, out var stored);
        if (stored.ETag != grainState.ETag
            || !(isStored ? states.All.TryUpdate(key, packed, stored) : states.All.TryAdd(key, packed)))
            return Task.FromException(Conflict(stateName, grainId, stored.ETag, grainState.ETag));
        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (name, grainId, stateName);
        if (states.All.TryGetValue(key, out var stored)
            && (stored.ETag != grainState.ETag || !states.All.TryRemove(KeyValuePair.Create(key, stored))))
        {
            return Task.FromException(Conflict(stateName, grainId, stored.ETag, grainState.ETag));
        }

        grainState.State = NewState.Of<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private InconsistentStateException Conflict(string stateName, GrainId grainId, string? stored, string? own) => new(
        $"Version conflict in memory storage \"{name}\": state \"{stateName}\" of grain {grainId} "
        + "was written by somebody else.",
        stored,
        own);

    // Types that may cross calls are copied; any other state takes the way over JSON.
    private object? Pack<T>(T state) => serializer is not null ? serializer.Serialize(state)
        : Copier.TryGet<T>() is { } copier ? copier.Copy(state)
        : JsonSerializer.SerializeToUtf8Bytes(state, Json);

    private T Unpack<T>(object? stored) => serializer is not null ? serializer.Deserialize<T>((BinaryData)stored!)
        : Copier.TryGet<T>() is { } copier ? copier.Copy((T)stored!)
        : JsonSerializer.Deserialize<T>((byte[])stored!, Json)!;
}
