using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CoffeePayment.Engine.Redis;
using CoffeePayment.Engine.Storage;
using Orleans.Persistence.Redis;
using Orleans.Runtime;
using Orleans.Storage;
using StackExchange.Redis;

namespace Orleans.Persistence;

/// <summary>
/// Grain states in Redis, each a hash of <c>etag</c> (a GUID, "N") and <c>data</c>, replaced by compare-and-set on the
/// etag. The layout is that of the official package.
/// </summary>
public class RedisGrainStorage : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>, IDisposable, IAsyncDisposable
{
    // Nothing if it was done, otherwise the etag that is stored: empty if there is none.
    private static readonly RedisScript DeleteScript = new(
        """
        local etag = redis.call('HGET', KEYS[1], 'etag') or ''
        if etag ~= ARGV[1] then return etag end
        redis.call('DEL', KEYS[1])
        return nil
        """);

    private readonly string _name;
    private readonly RedisStorageOptions _options;
    private readonly IGrainStorageSerializer _serializer;
    private readonly string _prefix;
    private readonly Lazy<Task<RedisClient>> _client;
    private readonly Lazy<Task<StateReader>> _reader;
    private readonly Lazy<Task<StateWriter>> _writer;

    internal RedisGrainStorage(
        string name,
        RedisStorageOptions options,
        IGrainStorageSerializer? serializer,
        string serviceId,
        RedisConnections connections)
    {
        _name = name;
        _options = options;
        _serializer = options.GrainStorageSerializer ?? serializer ?? new JsonStateSerializer();
        _prefix = $"{serviceId}/state/";
        _client = new Lazy<Task<RedisClient>>(() => connections.GetAsync(
            options.ConfigurationOptions,
            options.CreateMultiplexer == RedisStorageOptions.DefaultCreateMultiplexer
                ? null
                : () => options.CreateMultiplexer(options),
            static (message, inner) => new RedisStorageException(message, inner)));
        _reader = new Lazy<Task<StateReader>>(async () =>
            new StateReader(await _client.Value.ConfigureAwait(false)));
        _writer = new Lazy<Task<StateWriter>>(async () =>
            new StateWriter(await _client.Value.ConfigureAwait(false), options.EntryExpiry));
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        $"{nameof(RedisGrainStorage)}-{_name}",
        _options.InitStage,
        async token => await (await _client.Value).WaitUntilItAnswersAsync(RedisConnections.StartPatience, token));

    public async Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await (await _reader.Value).ReadAsync(KeyOf(grainType, grainId));

        grainState.ETag = stored.Etag;
        grainState.RecordExists = !stored.Data.IsNullOrEmpty;
        grainState.State = grainState.RecordExists
            ? _serializer.Deserialize<T>(BinaryData.FromBytes((byte[])stored.Data!))
            : NewState.Of<T>();
    }

    public Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) =>
        SetAsync("write", grainType, grainId, grainState, Bytes(_serializer.Serialize(grainState.State)));

    public async Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        if (_options.DeleteStateOnClear)
        {
            var key = KeyOf(grainType, grainId);
            var stored = await (await _client.Value).RunAsync(
                $"clear {key}", DeleteScript, [key], grainState.ETag ?? "");
            if (!stored.IsNull) throw Conflict("clear", key, (string)stored!, grainState.ETag);
            grainState.ETag = null;
        }
        else
        {
            await SetAsync("clear", grainType, grainId, grainState, RedisValue.EmptyString);
        }

        grainState.State = NewState.Of<T>();
        grainState.RecordExists = false;
    }

    public void Dispose()
    {
        DisposeIfMade(_reader);
        DisposeIfMade(_writer);
        DisposeIfMade(_client);
        GC.SuppressFinalize(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static void DisposeIfMade<T>(Lazy<Task<T>> part)
        where T : IDisposable
    {
        if (part is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) part.Value.Result.Dispose();
    }

    private static RedisValue Bytes(BinaryData data) =>
        MemoryMarshal.TryGetArray(data.ToMemory(), out var segment)
            && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : data.ToArray();

    private InconsistentStateException Conflict(string what, RedisKey key, string storedEtag, string? etag) => new(
        $"Cannot {what} {key} of provider {_name}: it was written by somebody else.",
        storedEtag is "" ? null : storedEtag,
        etag);

    private async Task SetAsync<T>(
        string what, string stateName, GrainId grainId, IGrainState<T> grainState, RedisValue data)
    {
        var key = KeyOf(stateName, grainId);
        var newEtag = Guid.NewGuid().ToString("N");
        var write = new StateWrite(key, grainState.ETag ?? "", newEtag, data);
        var writer = await _writer.Value;
        var storedEtag = await writer.WriteAsync(what, write).ConfigureAwait(false);
        if (storedEtag is not null) throw Conflict(what, key, storedEtag, grainState.ETag);

        grainState.ETag = newEtag;
        grainState.RecordExists = true;
    }

    private RedisKey KeyOf(string stateName, GrainId grainId) =>
        _options.GetStorageKey?.Invoke(stateName, grainId)
        ?? $"{_prefix}{grainId.Type}/{grainId.Key}/{stateName}";

    private sealed class JsonStateSerializer : IGrainStorageSerializer
    {
        private static readonly JsonSerializerOptions Json = new() { IncludeFields = true };

        public BinaryData Serialize<T>(T input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Json));

        public T Deserialize<T>(BinaryData input) =>
            JsonSerializer.Deserialize<T>(input.ToMemory().Span, Json)
            ?? throw new JsonException("The stored state is null: " + Encoding.UTF8.GetString(input.ToArray()));
    }
}
