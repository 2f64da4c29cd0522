using CoffeePayment.Engine.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace CoffeePayment.Engine.Hosting;

/// <summary>Starts and stops the silo with its host, stage by stage, in turns of the silo's own.</summary>
internal sealed class SiloHost(Silo silo, SiloLifecycle lifecycle)
    : IHostedService, ILifecycleParticipant<ISiloLifecycle>, IMembershipObserver
{
    /// <summary>For one step of leaving: a table that is away must not keep the process.</summary>
    private static readonly TimeSpan LeavingTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The same once the host has no more time.</summary>
    private static readonly TimeSpan LastTimeout = TimeSpan.FromMilliseconds(500);

    private readonly ServiceTurns _turns = new(silo);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!await RunUnlessKilled(() => Start(cancellationToken)))
            throw new OrleansException($"{silo} was declared dead while it started.");
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (silo.IsRunning) await RunUnlessKilled(() => Stop(cancellationToken));
    }

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe<SiloHost>(ServiceLifecycleStage.RuntimeInitialize, Check, Disappear);
        lifecycle.Subscribe<SiloHost>(ServiceLifecycleStage.RuntimeServices, Connect, Disconnect);
        lifecycle.Subscribe<SiloHost>(ServiceLifecycleStage.RuntimeGrainServices, Join, DeactivateAll);
        lifecycle.Subscribe<SiloHost>(ServiceLifecycleStage.BecomeActive, BecomeActive, Leave);
    }

    public void ViewChanged(ClusterView before, ClusterView now)
    {
        foreach (var (address, entry) in now.Members)
        {
            if (entry.Status == SiloStatus.Dead && before.StatusOf(address) != SiloStatus.Dead)
                silo.Network.Forget(address);
        }
    }

    /// <summary>
    /// The others have taken over what lived here: nothing may act on what it knows any more, and the process ends.
    /// </summary>
    public void DeclaredDead(string reason)
    {
        silo.Log.DeclaredDead(silo.ToString(), reason);
        silo.Kill();
        if (silo.Services.GetService<IHostApplicationLifetime>() is not { } process) return;

        Environment.ExitCode = 1;
        process.StopApplication();
    }

    // What a silo that is killed was about to do never ends; its host must not wait for it.
    private async Task<bool> RunUnlessKilled(Func<Task> work)
    {
        var working = _turns.Run(work);
        if (await Task.WhenAny(working, silo.Killed) != working) return false;
        await working;
        return true;
    }

    private async Task Start(CancellationToken cancellationToken)
    {
        Participate(lifecycle);
        foreach (var participant in silo.Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
            participant.Participate(lifecycle);
        await lifecycle.StartAsync(cancellationToken);
        silo.Log.SiloStarted(silo.ToString(), silo.Cluster.ServiceId);
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

    private Task Connect(CancellationToken cancellationToken) => silo.Network.StartAsync(silo, cancellationToken);

    private async Task Join(CancellationToken cancellationToken)
    {
        silo.Status = SiloStatus.Joining;
        silo.Membership.Observe(silo.Handover);
        silo.Membership.Observe(silo.Fence);
        silo.Membership.Observe(this);
        await silo.Membership.JoinAsync(cancellationToken);
        silo.Catalog.StartCollecting();
    }

    private async Task BecomeActive(CancellationToken cancellationToken)
    {
        await silo.Membership.SetStatusAsync(SiloStatus.Active, cancellationToken);
        silo.Status = SiloStatus.Active;
    }

    // From here on grains are activated on other silos, if there are any, and clients call those. Until the others are
    // known to be it, this one is where grains live.
    private async Task Leave(CancellationToken cancellationToken)
    {
        await Try(token => silo.Membership.SetStatusAsync(SiloStatus.ShuttingDown, token), cancellationToken);
        silo.Status = SiloStatus.ShuttingDown;
        await silo.Gateway.CloseAsync(cancellationToken);
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

    // Clients wait for what others answer them through this silo, and what was answered last is still on its way out.
    private async Task Disconnect(CancellationToken cancellationToken)
    {
        await Try(silo.Outgoing.WhenRelayedAsync, cancellationToken);
        if (!await Try(silo.Network.StopAsync, cancellationToken)) silo.Network.Kill();
    }

    private Task Disappear(CancellationToken cancellationToken) =>
        Try(token => silo.Membership.SetStatusAsync(SiloStatus.Dead, token), cancellationToken);

    // The others find out by themselves what they are not told.
    private async Task<bool> Try(Func<CancellationToken, Task> leaving, CancellationToken host)
    {
        using var timeout = new CancellationTokenSource(
            host.IsCancellationRequested ? LastTimeout : LeavingTimeout, silo.Time);
        try
        {
            await leaving(timeout.Token).WaitAsync(timeout.Token);
            return true;
        }
        catch (Exception exception)
        {
            silo.Log.NotLeftCleanly(silo.ToString(), exception);
            return false;
        }
    }
}
