using CoffeePayment.Engine.Wire;

namespace CoffeePayment.Tests.Engine.Internals;

/// <summary>A type of one build is read as that of another.</summary>
public sealed class WireVersionTests
{
    [Fact]
    public void Decode_MembersThatAreNotKnown_AreSkipped()
    {
        var newer = new Newer
        {
            Name = "a",
            Number = 5,
            Real = 1.5f,
            Exact = 2.5,
            Parts = [new Part { Name = "p" }],
        };

        var older = Reread<Newer, Older>(newer);

        Assert.Equal(("a", 5), (older.Name, older.Number));
    }

    [Fact]
    public void Decode_MembersThatAreMissing_KeepTheirDefaults()
    {
        var newer = Reread<Older, Newer>(new Older { Name = "a", Number = 5 });

        Assert.Equal(("a", 5, 4f), (newer.Name, newer.Number, newer.Real));
        Assert.Empty(newer.Parts);
    }

    [Fact]
    public void Decode_ObjectFirstMetInASkippedMember_IsReadWhereItIsReferredTo()
    {
        var part = new Part { Name = "p" };
        part.Self = part;

        var older = Reread<Newer, Older>(new Newer { Parts = [part], Last = part, Any = part });

        Assert.Equal("p", older.Last!.Name);
        Assert.Same(older.Last, older.Last.Self);
        Assert.Same(older.Last, older.Any);
    }

    [Fact]
    public void Decode_TypeNamedInASkippedMember_IsFoundWhereItIsReferredTo()
    {
        var older = Reread<Newer, Older>(new Newer { Skipped = new Part(), Any = new Part { Name = "p" } });

        Assert.Equal("p", Assert.IsType<Part>(older.Any).Name);
    }

    [Fact]
    public void Decode_NumberThatBecameNullable_IsRead() =>
        Assert.Equal(7, Reread<Older, Nullables>(new Older { Number = 7 }).Number);

    [Fact]
    public void Decode_MemberThatBecameAnotherType_IsRefused()
    {
        var exception = Assert.Throws<WireFormatException>(() => Reread<Older, Changed>(new Older { Name = "a" }));

        Assert.Contains("Int32", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_RecordWithIdsOfItsOwnAndOfItsConstructor_KeepsThemApart()
    {
        var copy = WireCodecTests.Copy(new Positional(1, "b") { Third = "c" });

        Assert.Equal(new Positional(1, "b") { Third = "c" }, copy);
    }

    private static TRead Reread<TWritten, TRead>(TWritten value) =>
        Codec.Get<TRead>().Decode(Codec.Get<TWritten>().Encode(value));

    [GenerateSerializer]
    public sealed class Part
    {
        [Id(0)]
        public string Name { get; set; } = "";

        [Id(1)]
        public Part? Self { get; set; }
    }

    [GenerateSerializer]
    public sealed class Older
    {
        [Id(0)]
        public string Name { get; set; } = "";

        [Id(9)]
        public int Number { get; set; }

        [Id(10)]
        public Part? Last { get; set; }

        [Id(11)]
        public object? Any { get; set; }
    }

    [GenerateSerializer]
    public sealed class Newer
    {
        [Id(0)]
        public string Name { get; set; } = "";

        [Id(1)]
        public float Real { get; set; } = 4;

        [Id(2)]
        public Guid Large { get; set; }

        [Id(3)]
        public double Exact { get; set; }

        [Id(4)]
        public List<Part> Parts { get; set; } = [];

        [Id(5)]
        public string Text { get; set; } = "text";

        [Id(6)]
        public object? Skipped { get; set; }

        [Id(9)]
        public int Number { get; set; }

        [Id(10)]
        public Part? Last { get; set; }

        [Id(11)]
        public object? Any { get; set; }
    }

    [GenerateSerializer]
    public sealed class Nullables
    {
        [Id(9)]
        public int? Number { get; set; }
    }

    [GenerateSerializer]
    public sealed class Changed
    {
        [Id(0)]
        public int Name { get; set; }
    }

    [GenerateSerializer]
    public sealed record Positional(int First, string Second)
    {
        [Id(0)]
        public string Third { get; init; } = "";
    }
}
