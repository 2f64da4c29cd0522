using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Decisions;

/// <summary>
/// What to do once the decided state is written. The due index follows from the state and is not an effect.
/// </summary>
public abstract record OrderEffect
{
    private OrderEffect()
    {
    }

    /// <summary>
    /// Send the make command. The written state already says so; whoever failed to write it must not send.
    /// </summary>
    public sealed record SendMake(MakeCommand Command) : OrderEffect;

    /// <summary>Warn that the provider used a status which this service does not know.</summary>
    public sealed record WarnUnknownStatus(string Status) : OrderEffect;
}
