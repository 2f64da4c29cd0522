using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using CoffeePayment.Engine.Wire;
using CoffeePayment.Orders;
using Orleans.Serialization;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class WireCodecTests
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public static TheoryData<object> Values =>
    [
        true, (byte)255, (sbyte)-128, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue,
        ulong.MaxValue, 'é', 1.5f, double.NaN, (Half)0.5, decimal.MinValue, 0.10m, Int128.MinValue, UInt128.MaxValue,
        BigInteger.Pow(-7, 99), "", "кофе", new string('x', 5000), Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"),
        Noon, Noon.ToLocalTime(), DateTime.MaxValue, new DateTimeOffset(Noon), DateTimeOffset.MinValue,
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromMinutes(-210)), TimeSpan.MinValue, DateOnly.MaxValue,
        new TimeOnly(23, 59), new Uri("https://example.org/a?b"), new Uri("/relative", UriKind.Relative),
        new Version(1, 2), new Version(1, 2, 3, 4), DayOfWeek.Friday, Huge.Most, Tiny.Least, (DayOfWeek)77,
        IPAddress.Loopback, IPAddress.Parse("fe80::1%3"), new IPEndPoint(IPAddress.IPv6Loopback, 443),
        CultureInfo.InvariantCulture, TimeZoneInfo.Utc, GrainType.Create("order"), IdSpan.Create("a"), default(IdSpan),
        GrainId.Create("order", "a/b"), SiloAddress.New(IPAddress.Loopback, 11111, -5), (1, "a"), ValueTuple.Create(),
        (1, 2, 3, 4, 5, 6, 7, 8, "nine"), Tuple.Create("x", 2), KeyValuePair.Create("k", 1), typeof(List<Money>),
        new Money(100, "RUB"), new byte[] { 1, 2 }, new[] { 1, 2, 3 }, Array.Empty<string>(),
        new List<string?> { "a", null }, new Dictionary<string, int[]> { ["a"] = [1] }, new HashSet<int> { 3, 1 },
        new Queue<int>([1, 2]), ImmutableArray.Create(1, 2), ImmutableList.Create("a"), ImmutableHashSet.Create(5),
        ImmutableQueue.Create(1, 2), ImmutableStack.Create(1, 2),
        ImmutableDictionary.CreateRange([KeyValuePair.Create("a", 1)]),
        ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("b", 1), KeyValuePair.Create("a", 2)]),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void Decode_AnyKnownValue_IsWhatWasEncoded(object value)
    {
        var asItself = CopyAs(value.GetType(), value);
        var asObject = Copy(value);

        Assert.Equal(value, asItself);
        Assert.Equal(value, asObject);
        Assert.IsAssignableFrom(asObject.GetType(), value);
    }

    [Fact]
    public void Decode_Time_KeepsItsKindAndOffset()
    {
        var (local, offset) = Copy((DateTime.SpecifyKind(Noon, DateTimeKind.Local), Values.Count));

        Assert.Equal((DateTimeKind.Local, Values.Count), (local.Kind, offset));
    }

    [Fact]
    public void Decode_Nulls_StayNull()
    {
        var copy = Copy<(string?, int?, int[]?, object?, Uri?, Node?)>(default);

        Assert.Equal(default, copy);
        Assert.Equal("9", Copy<int?>(9)?.ToString(CultureInfo.InvariantCulture));
        Assert.Null(Copy<int?>(null));
    }

    [Fact]
    public void Decode_Nothing_TakesAByte() => Assert.Single(Codec.Get<ValueTuple>().Encode(default));

    [Fact]
    public void Decode_ReadOnlyFieldsAndPrivateSetters_AreSet()
    {
        var copy = Copy(new CopierTests.Sealed([1, 2], "private", 7));

        Assert.Equal([1, 2], copy.Numbers);
        Assert.Equal(("private", 7), (copy.Private, copy.ReadOnly));
    }

    [Fact]
    public void Decode_DerivedValue_KeepsItsTypeAndTheMembersOfItsBase()
    {
        var copy = Copy<CopierTests.Cup>(new CopierTests.BigCup { Size = 5, Lid = ["plastic"], Syrups = ["mint"] });

        var big = Assert.IsType<CopierTests.BigCup>(copy);
        Assert.Equal(5, big.Size);
        Assert.Equal(["plastic"], big.Lid);
        Assert.Equal(["mint"], big.Syrups);
    }

    [Fact]
    public void Decode_ObjectMetTwice_StaysOneObject()
    {
        var cup = new CopierTests.Cup { Size = 1 };

        var copy = Copy<(CopierTests.Cup, object, List<CopierTests.Cup>)>((cup, cup, [cup, cup]));

        Assert.Same(copy.Item1, copy.Item2);
        Assert.All(copy.Item3, one => Assert.Same(copy.Item1, one));
    }

    [Fact]
    public void Decode_Cycle_IsTheSameCycle()
    {
        var node = new Node { Name = "a" };
        node.Next = new Node { Name = "b", Next = node };
        var list = new List<object>();
        list.Add(list);

        var copy = Copy(node);
        var listCopy = Copy(list);

        Assert.Same(copy, copy.Next!.Next);
        Assert.Same(listCopy, listCopy[0]);
    }

    [Fact]
    public void Decode_Comparers_AreKept()
    {
        var set = Copy(new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "A" });
        var dictionary = Copy(
            ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase).Add("A", 1));

        Assert.Contains("a", set);
        Assert.Equal(1, dictionary["a"]);
    }

    [Fact]
    public void Decode_OrderOfTheService_IsEqual()
    {
        var order = WireSamples.Order();

        var copy = Copy(order);

        Assert.Equal(order with { History = copy.History }, copy);
        Assert.Equal(order.History, copy.History);
    }

    [Fact]
    public void Get_TypeThatNobodyMarked_SaysWhich()
    {
        var exception = Assert.Throws<CodecNotFoundException>(() => Codec.Get<List<Unmarked>>());

        Assert.Contains(typeof(Unmarked).FullName!, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ObjectThatNobodyMarked_SaysWhich()
    {
        var exception = Assert.Throws<CodecNotFoundException>(() => Codec.Get<object>().Encode(new Unmarked()));

        Assert.Contains(typeof(Unmarked).FullName!, exception.Message, StringComparison.Ordinal);
    }

    internal static T Copy<T>(T value) => Codec.Get<T>().Decode(Codec.Get<T>().Encode(value));

    private static object CopyAs(Type type, object value)
    {
        Func<int, int> copy = Copy;
        var declared = type.IsAssignableTo(typeof(Type)) ? typeof(Type)
            : type.IsAssignableTo(typeof(IPAddress)) ? typeof(IPAddress) : type;
        return copy.Method.GetGenericMethodDefinition().MakeGenericMethod(declared).Invoke(null, [value])!;
    }

    public enum Huge : ulong
    {
        Most = ulong.MaxValue,
    }

    public enum Tiny : sbyte
    {
        Least = sbyte.MinValue,
    }

    [GenerateSerializer]
    public sealed class Node
    {
        [Id(0)]
        public string Name { get; set; } = "";

        [Id(1)]
        public Node? Next { get; set; }
    }

    public sealed class Unmarked;
}
