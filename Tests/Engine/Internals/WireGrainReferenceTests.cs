using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Wire;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class WireGrainReferenceTests
{
    private static readonly GrainId Id = GrainId.Create("many", "a");

    private readonly GrainFactory _writers = new(null!, null!, null!);
    private readonly GrainFactory _readers = new(null!, null!, null!);

    [Fact]
    public void Decode_Reference_IsBoundToTheReader()
    {
        var reference = (ProxyTests.IManyGrain)_writers.Reference(Id, typeof(ProxyTests.IManyGrain));

        var copy = Copy(reference);

        Assert.NotSame(reference, copy);
        Assert.Equal(Id, copy.GetGrainId());
        Assert.Equal(_readers.Reference(Id, typeof(ProxyTests.IManyGrain)).GetType(), copy.GetType());
    }

    [Fact]
    public void Decode_ReferenceDeclaredAsLess_KeepsItsInterface()
    {
        var reference = (ProxyTests.IManyGrain)_writers.Reference(Id, typeof(ProxyTests.IManyGrain));

        var copies = Copy<(ProxyTests.IBaseGrain, IAddressable, object)>((reference, reference, reference));

        Assert.IsAssignableFrom<ProxyTests.IManyGrain>(copies.Item1);
        Assert.IsAssignableFrom<ProxyTests.IManyGrain>(copies.Item2);
        Assert.IsAssignableFrom<ProxyTests.IManyGrain>(copies.Item3);
    }

    [Fact]
    public void Decode_ReferenceWithoutAnInterface_HasItsId()
    {
        var copy = Copy(_writers.GetGrain(Id));

        Assert.Equal(Id, copy.GetGrainId());
    }

    [Fact]
    public void Decode_ReferenceWhereThereCanBeNone_IsRefused()
    {
        var message = Codec.Get<IAddressable>().Encode(_writers.GetGrain(Id));

        Assert.Throws<WireFormatException>(() => Codec.Get<IAddressable>().Decode(message));
    }

    [Fact]
    public void Encode_GrainItself_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Codec.Get<IAddressable>().Encode(new Itself()));

    private T Copy<T>(T value) => Codec.Get<T>().Decode(Codec.Get<T>().Encode(value), _readers);

    private sealed class Itself : IAddressable;
}
