using CoffeePayment.Engine.Clustering;
using CoffeePayment.Tests.Storage;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class MemoryMembershipTableTests : MembershipTableSuite
{
    protected override Task<IMembershipTable> CreateTableAsync() =>
        Task.FromResult<IMembershipTable>(new MemoryMembershipTable());
}
