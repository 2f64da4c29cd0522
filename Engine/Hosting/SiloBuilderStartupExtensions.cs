using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Work to be done once when a silo starts; what it throws stops the start.</summary>
public static class SiloBuilderStartupExtensions
{
    /// <param name="builder">The silo's builder.</param>
    /// <param name="stage">When; by default when the silo is active and grains can be called.</param>
    public static ISiloBuilder AddStartupTask<TStartup>(
        this ISiloBuilder builder, int stage = ServiceLifecycleStage.Active)
        where TStartup : class, IStartupTask =>
        builder.AddStartupTask(
            static (all, token) => ActivatorUtilities.GetServiceOrCreateInstance<TStartup>(all).Execute(token),
            stage);

    /// <inheritdoc cref="AddStartupTask{TStartup}(ISiloBuilder, int)"/>
    public static ISiloBuilder AddStartupTask(
        this ISiloBuilder builder, IStartupTask startupTask, int stage = ServiceLifecycleStage.Active) =>
        builder.AddStartupTask((_, token) => startupTask.Execute(token), stage);

    /// <inheritdoc cref="AddStartupTask{TStartup}(ISiloBuilder, int)"/>
    public static ISiloBuilder AddStartupTask(
        this ISiloBuilder builder,
        Func<IServiceProvider, CancellationToken, Task> startupTask,
        int stage = ServiceLifecycleStage.Active)
    {
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            services => new StartupTask(services, startupTask, stage));
        return builder;
    }

    private sealed class StartupTask(
        IServiceProvider services, Func<IServiceProvider, CancellationToken, Task> task, int stage)
        : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) =>
            lifecycle.Subscribe<StartupTask>(stage, token => task(services, token));
    }
}
