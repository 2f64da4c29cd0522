using Microsoft.Extensions.DependencyInjection;

namespace CoffeePayment.Grains.Orders;

/// <summary>Decides whether an activation that goes leaves its order for another one to take up.</summary>
/// <param name="local">The silo's own address.</param>
/// <param name="services">Where the cluster's membership is found; a silo without one is alone.</param>
public sealed class Handover(ILocalSiloDetails local, IServiceProvider services)
{
    private readonly IClusterMembershipService? _membership = services.GetService<IClusterMembershipService>();

    /// <summary>
    /// Whether the order needs another activation. Not when its grain has let it go itself or found somebody else on
    /// it, nor when the last silo stops: whoever starts next looks into the due index.
    /// </summary>
    public bool IsFor(DeactivationReason reason) => reason.ReasonCode switch
    {
        DeactivationReasonCode.ShuttingDown => HasOtherSilos(),
        DeactivationReasonCode.ApplicationRequested => false,
        DeactivationReasonCode.ActivationFailed => false,
        DeactivationReasonCode.DuplicateActivation => false,
        DeactivationReasonCode.IncompatibleRequest => false,
        _ => true,
    };

    private bool HasOtherSilos() => _membership?.CurrentSnapshot.Members.Values.Any(
        member => member.Status == SiloStatus.Active && !member.SiloAddress.Equals(local.SiloAddress)) == true;
}
