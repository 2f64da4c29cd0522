using System.Collections.Concurrent;
using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Scheduling;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Activations;

/// <summary>The activations of one silo, by grain.</summary>
internal sealed class Catalog(Silo silo)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private ITimer? _collector;

    public int Count => _activations.Count;

    public IEnumerable<Activation> All => _activations.Values;

    public Activation? Find(GrainId id) => _activations.GetValueOrDefault(id);

    /// <exception cref="OrleansException">No class has this grain's type, or the silo is stopping.</exception>
    public Activation GetOrActivate(GrainId id)
    {
        if (silo.IsRunning && _activations.TryGetValue(id, out var activation)) return activation;
        if (!silo.AcceptsActivations)
            throw new SiloUnavailableException($"{silo} does not take grain {id}: it {silo.Condition}.");

        var created = new Activation(silo.Classes.Get(id.Type), id);
        activation = _activations.GetOrAdd(id, created);
        if (ReferenceEquals(activation, created)) created.Activate();
        return activation;
    }

    public void Remove(Activation activation) =>
        _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));

    /// <summary>Ends them all, and waits until they are gone or the token is cancelled.</summary>
    public async Task DeactivateAllAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (!_activations.IsEmpty)
        {
            var ending = new List<Task>();
            foreach (var activation in All)
            {
                activation.Deactivate(reason, CancellationToken.None);
                ending.Add(activation.Deactivated.InTurns());
            }

            await Task.WhenAll(ending).WaitAsync(cancellationToken);
        }
    }

    public void StartCollecting() => _collector = silo.Clock.Provider.CreateTimer(
        static self => ((Catalog)self!).Collect(),
        this,
        silo.Collection.CollectionQuantum,
        silo.Collection.CollectionQuantum);

    public void StopCollecting() => _collector?.Dispose();

    /// <summary>Ends those that have not been used for that long, and waits for their ends.</summary>
    public Task CollectAsync(TimeSpan age) =>
        Task.WhenAll(All.Select(activation => activation.CollectIfIdleAsync(age)));

    /// <summary>Ends those that have not been used for as long as their class allows.</summary>
    private void Collect()
    {
        foreach (var activation in All)
        {
            if (activation.Class.CollectionAge is var limit && limit != Timeout.InfiniteTimeSpan)
                activation.CollectIfIdle(limit);
        }
    }
}
