using System.Collections.Concurrent;
using CoffeePayment.Grains;
using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Api.Fakes;

/// <summary>What the API sees of a cluster: orders that live in memory and change when a test says so.</summary>
public sealed class FakeCluster
{
    private readonly ConcurrentDictionary<string, FakeOrder> _orders = new(StringComparer.Ordinal);

    public FakeCluster(VirtualTimeProvider time)
    {
        Time = time;
        Directory = new FakeDirectory(this);
    }

    public VirtualTimeProvider Time { get; }

    public PaymentOptions Options { get; } = new();

    public FakeDirectory Directory { get; }

    public FakeService Service { get; } = new();

    /// <summary>What every call of an order fails with; null while they succeed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>The orders that were registered.</summary>
    public IEnumerable<PaymentOrder> Registered => _orders.Values.Select(order => order.State).OfType<PaymentOrder>();

    public FakeOrder Order(string id) => _orders.GetOrAdd(id, _ => new FakeOrder(this));

    /// <summary>Registers an order for 150.00 RUB, paid by <c>payment-of-{id}</c>.</summary>
    public PaymentOrder Add(string id) => Order(id).Set(PaymentDecider.Register(
        new OrderRegistration
        {
            Id = id,
            MerchantId = "default",
            PaymentScenario = PaymentScenario.Yookassa,
            PaymentReferenceId = $"payment-of-{id}",
            DeviceUuid = "machine-1",
            DrinkNumber = "7",
            DrinkName = "Капучино",
            Size = DrinkSize.Large,
            Price = new Money(15_000, "RUB"),
        },
        Time.GetUtcNow(),
        Options));

    public void ThrowIfFailing()
    {
        if (Failure is { } failure) throw failure;
    }
}
