using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A state as a storage sees it: the value, its etag, and whether it is stored at all.</summary>
    public interface IGrainState<T>
    {
        T State { get; set; }

        string? ETag { get; set; }

        bool RecordExists { get; set; }
    }

    /// <summary>A plain <see cref="IGrainState{T}"/>, for storages and their tests.</summary>
    public sealed class GrainState<T> : IGrainState<T>
    {
        public GrainState() => State = default!;

        public GrainState(T state)
            : this(state, null)
        {
        }

        public GrainState(T state, string? eTag)
        {
            State = state;
            ETag = eTag;
        }

        public T State { get; set; }

        public string? ETag { get; set; }

        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Core
{
    /// <summary>A stored state, without its type.</summary>
    public interface IStorage
    {
        /// <summary>The version last read or written; null while nothing is stored.</summary>
        string? Etag { get; }

        bool RecordExists { get; }

        /// <summary>Removes the stored state and resets the one in memory.</summary>
        /// <exception cref="Storage.InconsistentStateException">Somebody else wrote it since.</exception>
        Task ClearStateAsync();

        /// <inheritdoc cref="ClearStateAsync()"/>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <summary>Stores the state in memory, if the stored one is still the version last seen.</summary>
        /// <exception cref="Storage.InconsistentStateException">Somebody else wrote it since.</exception>
        Task WriteStateAsync();

        /// <inheritdoc cref="WriteStateAsync()"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <summary>Replaces the state in memory by the stored one.</summary>
        Task ReadStateAsync();

        /// <inheritdoc cref="ReadStateAsync()"/>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>A stored state.</summary>
    public interface IStorage<TState> : IStorage
    {
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>
    /// A stored state of a grain, injected into its constructor with <see cref="PersistentStateAttribute"/>; read
    /// before <c>OnActivateAsync</c>.
    /// </summary>
    public interface IPersistentState<TState> : Core.IStorage<TState>;

    /// <summary>Names a state and the storage that it lives in.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute
    {
        public string StateName { get; } = stateName;

        /// <summary>Null: the default storage.</summary>
        public string? StorageName { get; } = storageName;
    }
}

namespace Orleans.Storage
{
    /// <summary>Keeps grain states. Register one by name with <c>AddGrainStorage</c>.</summary>
    public interface IGrainStorage
    {
        /// <summary>
        /// Fills in state, etag and <see cref="IGrainState{T}.RecordExists"/>; what is not stored reads as a new state
        /// and a null etag.
        /// </summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ReadStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ReadStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ReadStateAsync(stateName, grainId, grainState);

        /// <summary>Stores the state if its etag is the stored one, and gives it a new etag.</summary>
        /// <exception cref="InconsistentStateException">The etag is not the stored one.</exception>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="WriteStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task WriteStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            WriteStateAsync(stateName, grainId, grainState);

        /// <summary>Removes the state if its etag is the stored one.</summary>
        /// <exception cref="InconsistentStateException">The etag is not the stored one.</exception>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ClearStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ClearStateAsync<T>(
            string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ClearStateAsync(stateName, grainId, grainState);
    }

    /// <summary>Turns states into bytes and back, for the storages that ask for one.</summary>
    public interface IGrainStorageSerializer
    {
        BinaryData Serialize<T>(T input);

        T Deserialize<T>(BinaryData input);
    }
}
