using CoffeePayment.Engine.Types;
using Orleans.Serialization;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class CopierTests
{
    [Fact]
    public void Copy_MembersWithIds_AreCopiedAndOthersLeft()
    {
        var original = new Cup { Size = 3, Syrups = ["vanilla"], Note = "not marked" };

        var copy = Copier.Get<Cup>().Copy(original);

        Assert.Equal((3, null), (copy.Size, copy.Note));
        Assert.Equal(["vanilla"], copy.Syrups);
        Assert.NotSame(original.Syrups, copy.Syrups);
    }

    [Fact]
    public void Copy_ReadOnlyFieldsAndPrivateSetters_AreSet()
    {
        var copy = Copier.Get<Sealed>().Copy(new Sealed([1, 2], "private", 7));

        Assert.Equal([1, 2], copy.Numbers);
        Assert.Equal(("private", 7), (copy.Private, copy.ReadOnly));
    }

    [Fact]
    public void Copy_DerivedValue_KeepsItsTypeAndTheMembersOfItsBase()
    {
        Cup original = new BigCup { Size = 5, Lid = ["plastic"] };

        var copy = Assert.IsType<BigCup>(Copier.Get<Cup>().Copy(original));

        Assert.Equal(5, copy.Size);
        Assert.Equal(["plastic"], copy.Lid);
    }

    [Fact]
    public void Copy_ObjectMetTwice_StaysOneObject()
    {
        var cup = new Cup { Size = 1 };

        var copy = Copier.Get<List<Cup>>().Copy([cup, cup]);

        Assert.NotSame(cup, copy[0]);
        Assert.Same(copy[0], copy[1]);
    }

    [Fact]
    public void Copy_Cycle_EndsAsTheSameCycle()
    {
        var node = new Node { Name = "a" };
        node.Next = node;

        var copy = Copier.Get<Node>().Copy(node);

        Assert.NotSame(node, copy);
        Assert.Same(copy, copy.Next);
    }

    [Fact]
    public void Copy_CollectionsOfChangeableValues_AreCopiedToTheBottom()
    {
        var cup = new Cup { Size = 1 };
        var original = (new[] { cup }, new Dictionary<string, Cup> { ["k"] = cup }, (Cup?)cup, (int?)4);

        var copy = Copier.Get<(Cup[], Dictionary<string, Cup>, Cup?, int?)>().Copy(original);
        cup.Size = 2;

        Assert.Equal((1, 1, 1, 4), (copy.Item1[0].Size, copy.Item2["k"].Size, copy.Item3!.Size, copy.Item4));
    }

    [Fact]
    public void Copy_Comparers_AreKept()
    {
        var original = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "A" };

        var copy = Copier.Get<HashSet<string>>().Copy(original);

        Assert.NotSame(original, copy);
        Assert.Contains("a", copy);
    }

    [Theory]
    [InlineData(typeof(string), true)]
    [InlineData(typeof(DateTimeOffset?), true)]
    [InlineData(typeof((int, Guid)), true)]
    [InlineData(typeof(Price), true)]
    [InlineData(typeof(Chain), true)]
    [InlineData(typeof(Marked), true)]
    [InlineData(typeof(int[]), false)]
    [InlineData(typeof(Cup), false)]
    [InlineData(typeof(IReadOnlyList<int>), false)]
    [InlineData(typeof(HalfMarked), false)]
    public void IsImmutable_OfAType_SaysWhetherItsValuesCanChange(Type type, bool expected) =>
        Assert.Equal(expected, Copier.Get(type).IsImmutable);

    [Fact]
    public void Copy_RecordThatIsNotSealedAndCannotChange_IsHandedOverAsItIs()
    {
        var original = new Open(1, "a");

        Assert.Same(original, Copier.Get<Open>().Copy(original));
    }

    [Fact]
    public void Get_TypeThatNobodyMarked_SaysWhich()
    {
        var exception = Assert.Throws<CodecNotFoundException>(() => Copier.Get<List<Unmarked>>());

        Assert.Contains(typeof(Unmarked).FullName!, exception.Message, StringComparison.Ordinal);
    }

    [GenerateSerializer]
    public class Cup
    {
        [Id(0)]
        public int Size { get; set; }

        [Id(1)]
        public List<string> Syrups { get; set; } = [];

        public string? Note { get; set; }
    }

    [GenerateSerializer]
    public sealed class BigCup : Cup
    {
        [Id(0)]
        public List<string> Lid { get; set; } = [];
    }

    [GenerateSerializer]
    public sealed class Sealed(List<int> numbers, string value, int readOnly)
    {
        [Id(0)]
        public readonly List<int> Numbers = numbers;

        [Id(1)]
        public string Private { get; private set; } = value;

        [Id(2)]
        public int ReadOnly { get; } = readOnly;
    }

    [GenerateSerializer]
    public sealed class Node
    {
        [Id(0)]
        public string Name { get; set; } = "";

        [Id(1)]
        public Node? Next { get; set; }
    }

    [GenerateSerializer]
    public sealed record Price(long Amount, string Currency);

    [GenerateSerializer]
    public sealed record Chain(int Length, Chain? Next);

    [GenerateSerializer]
    public record Open(int Number, string Text);

    [Immutable]
    public sealed class Marked;

    [GenerateSerializer]
    public sealed record HalfMarked(int Number)
    {
        public int Left { get; init; }
    }

    public sealed class Unmarked;
}
