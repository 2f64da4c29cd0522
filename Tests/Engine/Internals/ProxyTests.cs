using CoffeePayment.Engine.Calls;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class ProxyTests
{
    [Fact]
    public void For_SameInterface_IsEmittedOnce() =>
        Assert.Same(ProxyFactory.For(typeof(IManyGrain)), ProxyFactory.For(typeof(IManyGrain)));

    [Fact]
    public void Create_Proxy_IsAReferenceWithTheInterfaceAndThoseItDerivesFrom()
    {
        var id = GrainId.Create("many", "a");

        var proxy = ProxyFactory.For(typeof(IManyGrain)).Create(null!, id);

        Assert.IsAssignableFrom<IManyGrain>(proxy);
        Assert.IsAssignableFrom<IBaseGrain>(proxy);
        Assert.Equal(id, proxy.GrainId);
    }

    [Theory]
    [InlineData(typeof(IWithProperty))]
    [InlineData(typeof(IWithGenericMethod))]
    [InlineData(typeof(IWithPlainResult))]
    [InlineData(typeof(IWithRef))]
    public void For_InterfaceThatCannotBeCalled_SaysWhichMember(Type type)
    {
        var exception = Assert.Throws<NotSupportedException>(() => ProxyFactory.For(type));

        Assert.Contains(type.Name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void For_TypeThatIsNoGrainInterface_Refuses() =>
        Assert.Throws<ArgumentException>(() => ProxyFactory.For(typeof(IDisposable)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    public void Of_AnyNumberOfTypes_IsTheTupleOfTheLanguage(int count)
    {
        var types = Enumerable.Repeat(typeof(int), count).ToArray();

        var tuple = (System.Runtime.CompilerServices.ITuple)Activator.CreateInstance(Tuples.Of(types))!;

        Assert.Equal(count, tuple.Length);
    }

    internal interface IBaseGrain : IGrainWithStringKey
    {
        Task Base();
    }

    internal interface IManyGrain : IBaseGrain
    {
        ValueTask<int> Many(
            int a, string b, long c, Guid d, int e, int f, int g, int h, int[] i, CancellationToken token);

        ValueTask Nothing();
    }

    internal interface IWithProperty : IGrainWithStringKey
    {
        Task<int> Property { get; }
    }

    internal interface IWithGenericMethod : IGrainWithStringKey
    {
        Task Generic<T>(T value);
    }

    internal interface IWithPlainResult : IGrainWithStringKey
    {
        int Plain();
    }

    internal interface IWithRef : IGrainWithStringKey
    {
        Task Ref(ref int value);
    }
}
