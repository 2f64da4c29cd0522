using CoffeePayment.Ports;
using CoffeePayment.Tests.Support;

namespace CoffeePayment.Tests.Storage;

public sealed class MemoryPendingPaymentIndexTests : PendingPaymentIndexTests
{
    protected override IPendingPaymentIndex Index { get; } = new MemoryPendingPaymentIndex();
}

public sealed class MemoryPaymentReferenceIndexTests : PaymentReferenceIndexTests
{
    protected override IPaymentReferenceIndex Index { get; } = new MemoryPaymentReferenceIndex();
}

public sealed class MemoryOrderStatusIndexTests : OrderStatusIndexTests
{
    protected override IOrderStatusIndex Index { get; } = new MemoryOrderStatusIndex();
}
