using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Decisions;

/// <summary>Something that happened to an order and that the rules decide on.</summary>
public abstract record OrderEvent
{
    private OrderEvent()
    {
    }

    /// <summary>A check came back, or was put off.</summary>
    /// <param name="Answer">What the provider said.</param>
    /// <param name="StartedAt">
    /// When the check started. One that started before the order was due was hinted: it is an extra and leaves the
    /// schedule as it is.
    /// </param>
    public sealed record CheckAnswered(ProviderAnswer Answer, DateTimeOffset StartedAt) : OrderEvent;

    /// <summary>It is time for another try of the make command.</summary>
    public sealed record MakeDue : OrderEvent;

    /// <summary>The machine answered, or did not.</summary>
    public sealed record MakeAnswered(MakeAnswer Answer) : OrderEvent;

    /// <summary>Whoever sent the make command died, or was cut off, before the outcome was written.</summary>
    public sealed record MakeInterrupted : OrderEvent;

    /// <summary>A person, or the machine, says how it ended.</summary>
    public sealed record Resolved(Resolution Resolution) : OrderEvent;
}
