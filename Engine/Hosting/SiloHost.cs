using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Hosting;

/// <summary>Starts and stops the silo with its host, stage by stage, in turns of the silo's own.</summary>
internal sealed class SiloHost(Silo silo, SiloLifecycle lifecycle)
    : IHostedService, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly ServiceTurns _turns = new(silo);

    public Task StartAsync(CancellationToken cancellationToken) => _turns.Run(async () =>
    {
        Participate(lifecycle);
        foreach (var participant in silo.Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
            participant.Participate(lifecycle);
        await lifecycle.StartAsync(cancellationToken);
        silo.Log.SiloStarted(silo.ToString(), silo.Cluster.ServiceId);
    });

    public Task StopAsync(CancellationToken cancellationToken) =>
        silo.IsRunning ? _turns.Run(() => Stop(cancellationToken)) : Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe<SiloHost>(ServiceLifecycleStage.RuntimeInitialize, Check);
        lifecycle.Subscribe<SiloHost>(ServiceLifecycleStage.RuntimeGrainServices, Join, DeactivateAll);
        lifecycle.Subscribe<SiloHost>(ServiceLifecycleStage.BecomeActive, BecomeActive, Leave);
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await lifecycle.StopAsync(cancellationToken);
        silo.Dispose();
        silo.Log.SiloStopped(silo.ToString(), silo.Catalog.Count);
    }

    private Task Check(CancellationToken cancellationToken)
    {
        if (silo.Collection.CollectionAge <= silo.Collection.CollectionQuantum)
        {
            throw new OrleansConfigurationException(
                $"CollectionAge is set to {silo.Collection.CollectionAge}, "
                + $"CollectionQuantum to {silo.Collection.CollectionQuantum}. "
                + "CollectionAge must be greater than CollectionQuantum.");
        }

        // Two classes of one name are found out now, not at the first call.
        _ = silo.Classes.All.Count();
        return Task.CompletedTask;
    }

    private Task Join(CancellationToken cancellationToken)
    {
        silo.Status = SiloStatus.Joining;
        silo.Catalog.StartCollecting();
        return Task.CompletedTask;
    }

    private Task BecomeActive(CancellationToken cancellationToken)
    {
        silo.Status = SiloStatus.Active;
        return Task.CompletedTask;
    }

    private Task Leave(CancellationToken cancellationToken)
    {
        silo.Status = SiloStatus.ShuttingDown;
        return Task.CompletedTask;
    }

    private async Task DeactivateAll(CancellationToken cancellationToken)
    {
        silo.Status = SiloStatus.ShuttingDown;
        silo.Catalog.StopCollecting();
        try
        {
            var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down.");
            await silo.Catalog.DeactivateAllAsync(reason, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host has no more time; how many are left is logged at the end.
        }
    }
}
