using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Storage;

namespace CoffeePayment.Tests.Engine;

/// <summary>A storage of <see cref="Note"/>s with etags that count up; it remembers what it was asked.</summary>
public sealed class RecordingStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (string Text, int Version)> _records = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _requests = new(StringComparer.Ordinal);

    /// <summary>Everything asked about that grain, in order.</summary>
    public IReadOnlyList<string> RequestsAbout(string grainId) => [.. Requests(grainId)];

    /// <summary>Changes a record as another writer would.</summary>
    public void WriteElsewhere(string stateName, string grainId, string text) =>
        _records.AddOrUpdate($"{stateName} of {grainId}", (text, 1), (_, old) => (text, old.Version + 1));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Requests(grainId.ToString()).Enqueue($"read {stateName} of {grainId}");
        if (_records.TryGetValue($"{stateName} of {grainId}", out var record))
            Give(grainState, record.Text, record.Version);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Requests(grainId.ToString()).Enqueue($"write {stateName} of {grainId}");
        var text = ((Note)(object)grainState.State!).Text;
        if (text == "unwritable")
            throw new IOException("The disk is full.");

        var version = CheckEtag(stateName, grainId, grainState) + 1;
        _records[$"{stateName} of {grainId}"] = (text, version);
        Give(grainState, text, version);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Requests(grainId.ToString()).Enqueue($"clear {stateName} of {grainId}");
        CheckEtag(stateName, grainId, grainState);
        _records.TryRemove($"{stateName} of {grainId}", out _);
        grainState.State = (T)(object)new Note();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static void Give<T>(IGrainState<T> grainState, string text, int version)
    {
        grainState.State = (T)(object)new Note { Text = text };
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    private int CheckEtag<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = _records.TryGetValue($"{stateName} of {grainId}", out var record) ? record.Version : 0;
        var expected = grainState.ETag is { } etag ? int.Parse(etag, CultureInfo.InvariantCulture) : 0;
        return stored == expected
            ? stored
            : throw new InconsistentStateException("The record has changed.", $"{stored}", $"{expected}");
    }

    private ConcurrentQueue<string> Requests(string grainId) => _requests.GetOrAdd(grainId, static _ => new());
}
