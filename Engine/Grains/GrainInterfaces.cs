using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>What can be called through a reference.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>
    /// Marks grain interfaces. Derive from one of the interfaces that say which kind of key a grain has.
    /// </summary>
    public interface IGrain : IAddressable;

    public interface IGrainWithStringKey : IGrain;

    public interface IGrainWithIntegerKey : IGrain;

    public interface IGrainWithGuidKey : IGrain;

    /// <summary>Receives its reminders, wherever and whenever the grain was last active.</summary>
    public interface IRemindable : IGrain
    {
        /// <param name="reminderName">The name it was registered under.</param>
        /// <param name="status">When this tick, and the first one, was due.</param>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>
    /// A grain class. Most derive from <see cref="Grain"/>; implementing this directly leaves the base class free.
    /// </summary>
    public interface IGrainBase
    {
        IGrainContext GrainContext { get; }

        /// <summary>
        /// Runs before the first call. If it throws, the activation is dropped and the calls that wait for it fail.
        /// </summary>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last call. What it throws is logged.</summary>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }

    /// <summary>
    /// Makes references to grains. Nothing is sent and nothing activated before a reference is called.
    /// </summary>
    public interface IGrainFactory
    {
        TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithGuidKey;

        TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithIntegerKey;

        TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
            where TGrainInterface : IGrainWithStringKey;

        TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
            where TGrainInterface : IAddressable;

        IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey);

        IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey);

        IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

        IAddressable GetGrain(GrainId grainId);

    }

    /// <summary>The grains of a cluster as seen from outside of them; in a silo's process, that silo.</summary>
    public interface IClusterClient : IGrainFactory
    {
        IServiceProvider ServiceProvider { get; }
    }
}
