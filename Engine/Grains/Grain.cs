using CoffeePayment.Engine.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The usual base of grain classes. One instance serves one grain id, one turn at a time.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain() => GrainContext = Activation.UnderConstruction;

    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The silo this activation lives on.</summary>
    public string RuntimeIdentity => Activation.Silo.SiloAddress.ToString();

    public string IdentityString => GrainContext.GrainId.ToString();

    protected IGrainFactory GrainFactory => Activation.Silo.GrainFactory;

    protected IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    private Activation Activation => (Activation)GrainContext;

    /// <summary>
    /// Runs before the first call. If it throws, the activation is dropped and the calls that wait for it fail.
    /// </summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call, also when the silo stops. What it throws is logged.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Deactivates once the calls that run now are done; later ones reach a new activation.</summary>
    protected void DeactivateOnIdle() => ((IGrainBase)this).DeactivateOnIdle();

    /// <summary>
    /// Keeps the activation from idle collection for this long from now; a value that is not positive takes that back.
    /// </summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.DelayDeactivation(timeSpan);
}
