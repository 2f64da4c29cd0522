using System.Runtime.CompilerServices;
using CoffeePayment.Engine.Activations;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Storage;

/// <summary>A state of one activation; it is also what the storage fills in.</summary>
internal sealed class PersistentState<TState>(StatePlace<TState> place, Activation activation)
    : IPersistentState<TState>, IGrainState<TState>, IActivationState
{
    public TState State { get; set; } = NewState.Of<TState>();

    public string? Etag { get; private set; }

    public bool RecordExists { get; set; }

    string? IGrainState<TState>.ETag
    {
        get => Etag;
        set => Etag = value;
    }

    public Task ReadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await place.Storage.ReadStateAsync(place.Name, activation.GrainId, this, cancellationToken);
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw Wrap(exception, nameof(ReadStateAsync));
        }
    }

    public async Task WriteStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await place.Storage.WriteStateAsync(place.Name, activation.GrainId, this, cancellationToken);
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw Wrap(exception, nameof(WriteStateAsync));
        }
    }

    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await place.Storage.ClearStateAsync(place.Name, activation.GrainId, this, cancellationToken);
            State = NewState.Of<TState>();
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            throw Wrap(exception, nameof(ClearStateAsync));
        }
    }

    // As Orleans does: grains see one kind of failure, whatever the storage.
    private OrleansException Wrap(Exception exception, string operation) => new(
        $"Error from storage provider {place.Storage.GetType().Name}.{place.Name} during {operation} "
        + $"for grain {activation.GrainId}: " + exception.Message, exception);
}

/// <summary>States that nobody has stored yet.</summary>
internal static class NewState
{
    /// <summary>
    /// A new object by its public constructor without parameters; without such a one, an object on which no constructor
    /// ran.
    /// </summary>
    public static T Of<T>() =>
        typeof(T).IsValueType || typeof(T).IsAbstract ? default!
        : typeof(T).GetConstructor(Type.EmptyTypes) is not null ? Activator.CreateInstance<T>()
        : typeof(T).IsArray || typeof(T) == typeof(string) ? default!
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
}
