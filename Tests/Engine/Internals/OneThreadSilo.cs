using CoffeePayment.Engine.Hosting;
using CoffeePayment.Engine.Scheduling;
using CoffeePayment.Tests.Support;
using EngineSilo = CoffeePayment.Engine.Hosting.Silo;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>
/// A silo whose only executor is a queue and whose only clock is a test's: nothing in it runs but by them.
/// </summary>
internal sealed class OneThreadSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ServiceTurns _turns;

    private OneThreadSilo(ServiceProvider services, QueueExecutor executor, VirtualTimeProvider time)
    {
        _services = services;
        _turns = new ServiceTurns(services.GetRequiredService<EngineSilo>());
        Executor = executor;
        Time = time;
    }

    public QueueExecutor Executor { get; }

    public VirtualTimeProvider Time { get; }

    public static async Task<OneThreadSilo> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var services = Services(out var executor, out var time, configure);
        var silo = new OneThreadSilo(services.BuildServiceProvider(), executor, time);
        await silo.Run(() => silo.Service<SiloHost>().StartAsync(CancellationToken.None));
        return silo;
    }

    /// <summary>What such a silo is made of.</summary>
    public static ServiceCollection Services(
        out QueueExecutor executor, out VirtualTimeProvider time, Action<ISiloBuilder>? configure = null)
    {
        (executor, time) = (new QueueExecutor(), new VirtualTimeProvider());
        var services = new ServiceCollection();
        services.AddSingleton<IExecutor>(executor);
        services.AddSingleton<TimeProvider>(time);
        var builder = SiloBuilder.On(services, new ConfigurationBuilder().Build());
        configure?.Invoke(builder);
        return services;
    }

    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public TGrain Grain<TGrain>(string key)
        where TGrain : IGrainWithStringKey => Service<IGrainFactory>().GetGrain<TGrain>(key);

    /// <summary>Runs what is there to run; the task must be completed by it.</summary>
    public Task Run(Task task)
    {
        Executor.RunAll();
        Assert.True(task.IsCompleted, "It waits for something outside of the silo.");
        return task;
    }

    /// <inheritdoc cref="Run(Task)"/>
    public async Task<T> Run<T>(Task<T> task)
    {
        await Run((Task)task);
        return await task;
    }

    /// <summary>
    /// Runs what belongs to no grain, in turns of its own: called directly, it would go on on the thread pool after its
    /// first await.
    /// </summary>
    public Task Run(Func<Task> work) => Run(_turns.Run(work));

    /// <inheritdoc cref="Run(Func{Task})"/>
    public async Task<T> Run<T>(Func<Task<T>> work)
    {
        var result = default(T);
        await Run(async () => { result = await work(); });
        return result!;
    }

    public async ValueTask DisposeAsync()
    {
        if (Service<EngineSilo>().IsRunning) await Run(() => Service<SiloHost>().StopAsync(CancellationToken.None));
        await _services.DisposeAsync();
    }
}
