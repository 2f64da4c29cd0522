namespace CoffeePayment.Tests.Storage;

public sealed class MemoryPendingPaymentIndexTests : PendingPaymentIndexTests
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.InMemory();
}

public sealed class MemoryPaymentReferenceIndexTests : PaymentReferenceIndexTests
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.InMemory();
}

public sealed class MemoryOrderStatusIndexTests : OrderStatusIndexTests
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.InMemory();
}

public sealed class MemoryOrderIndexWriterTests : OrderIndexWriterTests
{
    protected override OrderIndexSet Indexes { get; } = OrderIndexSet.InMemory();
}
