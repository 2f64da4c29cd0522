using System.Collections.Immutable;
using CoffeePayment.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CoffeePayment.Grains.Orders;

/// <summary>
/// What every order's grain works with, once a silo: a hundred thousand grains hold one reference each.
/// </summary>
public sealed class OrderServices(
    IPaymentProvider provider,
    ICoffeeMachine machine,
    OrderIndexes indexes,
    IEnumerable<IOrderObserver> observers,
    OrderInstruments instruments,
    Handover handover,
    RepeatedTexts texts,
    IOptions<PaymentOptions> options,
    [FromKeyedServices(TimeProviderNames.Grains)] TimeProvider time,
    ILoggerFactory loggers)
{
    /// <summary>
    /// The log category of checks and decisions; the name that the operators' tools already look for.
    /// </summary>
    public const string LogCategory = "payment_status_service";

    public IPaymentProvider Provider { get; } = provider;

    public ICoffeeMachine Machine { get; } = machine;

    public OrderIndexes Indexes { get; } = indexes;

    public ImmutableArray<IOrderObserver> Observers { get; } = [.. observers];

    public OrderInstruments Instruments { get; } = instruments;

    public Handover Handover { get; } = handover;

    public RepeatedTexts Texts { get; } = texts;

    public PaymentOptions Options { get; } = options.Value;

    public TimeProvider Time { get; } = time;

    public ThinnedLines LostRaces { get; } = new(time);

    public ThinnedLines FailedSteps { get; } = new(time);

    public ThinnedLines IndexesLeftBehind { get; } = new(time);

    public ILogger Logger { get; } = loggers.CreateLogger(LogCategory);
}
