using CoffeePayment.Engine.Calls;
using CoffeePayment.Engine.Wire;

namespace CoffeePayment.Tests.Engine.Internals;

public sealed class WireContractTests
{
    private static readonly GrainType Cups = GrainType.Create("cups");

    [Fact]
    public void Id_OfAMethod_IsThatOfEarlierBuilds()
    {
        var method = typeof(First.ICups).GetMethod(nameof(First.ICups.Fill))!;

        Assert.Equal("Cups.Fill(Cup, System.Collections.Generic.List`1<System.Int32>)", GrainMethods.Describe(method));
        Assert.Equal(0x3E4762F9u, MethodModel.Of(method).Id);
    }

    [Fact]
    public void Find_IdOfAMethod_IsItsModel()
    {
        var method = typeof(First.ICups).GetMethod(nameof(First.ICups.Fill))!;
        var table = new MethodTable([typeof(First.CupsGrain)]);

        var model = table.Find(MethodModel.Of(method).Id);

        Assert.Equal("ICups.Fill", model!.Name);
        Assert.Equal(typeof(First.ICups), model.InterfaceType);
        Assert.Null(table.Find(0));
    }

    [Fact]
    public void MethodTable_TwoMethodsWithOneId_AreRefusedByName()
    {
        var methods = typeof(First.ICups).GetMethods();

        var exception = Assert.Throws<OrleansConfigurationException>(() => new MethodTable(methods, _ => 1));

        Assert.Contains("Cups.Fill(", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Cups.Empty(", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Codecs_OfAModel_CarryArgumentsAndResult()
    {
        var method = typeof(First.ICups).GetMethod(nameof(First.ICups.Fill))!;
        var model = (MethodModel<(First.Cup, List<int>), int>)MethodModel.Of(method);

        var (cup, numbers) = model.ArgumentCodec.Decode(
            model.ArgumentCodec.Encode((new First.Cup { Part = new First.Part { Size = 3 } }, [1, 2])));

        Assert.Equal(3, cup.Part!.Size);
        Assert.Equal([1, 2], numbers);
        Assert.Equal(9, model.ResultCodec.Decode(model.ResultCodec.Encode(9)));
    }

    [Fact]
    public void Fingerprint_OfOneContract_IsOneTextWhateverTheOrder()
    {
        var forth = ContractManifest.Create([(Cups, typeof(First.CupsGrain)), (Other, typeof(OtherGrain))]);
        var back = ContractManifest.Create([(Other, typeof(OtherGrain)), (Cups, typeof(First.CupsGrain))]);

        Assert.Equal(forth.Fingerprint, back.Fingerprint);
        Assert.Matches("^[0-9a-f]{16}$", forth.Fingerprint);
    }

    [Fact]
    public void Fingerprint_OfEqualContractsInOtherPlaces_IsTheSame() =>
        Assert.Equal(FingerprintOf<First.CupsGrain>(), FingerprintOf<Same.CupsGrain>());

    [Fact]
    public void Fingerprint_OfAnotherMemberId_Differs() =>
        Assert.NotEqual(FingerprintOf<First.CupsGrain>(), FingerprintOf<OtherId.CupsGrain>());

    [Fact]
    public void Fingerprint_OfAnotherMemberTypeWithin_Differs() =>
        Assert.NotEqual(FingerprintOf<First.CupsGrain>(), FingerprintOf<OtherType.CupsGrain>());

    [Fact]
    public void Fingerprint_OfAnotherSignature_Differs() =>
        Assert.NotEqual(FingerprintOf<First.CupsGrain>(), FingerprintOf<OtherSignature.CupsGrain>());

    [Fact]
    public void Fingerprint_OfAnotherGrainType_Differs() =>
        Assert.NotEqual(
            FingerprintOf<First.CupsGrain>(),
            ContractManifest.Create([(GrainType.Create("mugs"), typeof(First.CupsGrain))]).Fingerprint);

    [Fact]
    public void GrainTypeOf_AnInterface_IsThatOfItsOneClass()
    {
        var manifest = WireCodecTests.Copy(
            ContractManifest.Create([(Cups, typeof(First.CupsGrain)), (Other, typeof(OtherGrain))]));

        var type = manifest.GrainTypeOf(typeof(First.ICups), null);

        Assert.Equal(Cups, type);
        Assert.Throws<ArgumentException>(() => manifest.GrainTypeOf(typeof(ProxyTests.IManyGrain), null));
    }

    [Fact]
    public void GrainTypeOf_AnInterfaceOfTwoClasses_NeedsTheClassName()
    {
        var manifest = ContractManifest.Create([(Cups, typeof(First.CupsGrain)), (Other, typeof(First.MoreCups))]);

        var type = manifest.GrainTypeOf(typeof(First.ICups), typeof(First.MoreCups).FullName);

        Assert.Equal(Other, type);
        Assert.Throws<ArgumentException>(() => manifest.GrainTypeOf(typeof(First.ICups), null));
    }

    private static GrainType Other => GrainType.Create("other");

    private static string FingerprintOf<TGrain>() => ContractManifest.Create([(Cups, typeof(TGrain))]).Fingerprint;

    public interface IOther : IGrainWithStringKey
    {
        Task<DayOfWeek> Ask();
    }

    // Never made: abstract, so that no silo of another test finds them.
    public abstract class OtherGrain : Grain, IOther
    {
        public abstract Task<DayOfWeek> Ask();
    }

    public static class First
    {
        [Alias("Cups")]
        public interface ICups : IGrainWithStringKey
        {
            Task<int> Fill(Cup cup, List<int> numbers, CancellationToken token = default);

            Task Empty();
        }

        public abstract class CupsGrain : Grain, ICups
        {
            public abstract Task<int> Fill(Cup cup, List<int> numbers, CancellationToken token = default);

            public abstract Task Empty();
        }

        public abstract class MoreCups : CupsGrain;

        [GenerateSerializer, Alias("Cup")]
        public sealed class Cup
        {
            [Id(0)]
            public Part? Part { get; set; }
        }

        [GenerateSerializer, Alias("Part")]
        public sealed class Part
        {
            [Id(0)]
            public int Size { get; set; }
        }
    }

    public static class Same
    {
        [Alias("Cups")]
        public interface ICupsRenamed : IGrainWithStringKey
        {
            Task Empty();

            [Alias("Fill")]
            Task<int> FillRenamed(CupRenamed cup, List<int> numbers, CancellationToken token = default);
        }

        public abstract class CupsGrain : Grain, ICupsRenamed
        {
            public abstract Task Empty();

            public abstract Task<int> FillRenamed(
                CupRenamed cup, List<int> numbers, CancellationToken token = default);
        }

        [GenerateSerializer, Alias("Cup")]
        public sealed class CupRenamed
        {
            [Id(0)]
            public First.Part? PartRenamed { get; set; }
        }
    }

    public static class OtherId
    {
        [Alias("Cups")]
        public interface ICups : IGrainWithStringKey
        {
            Task<int> Fill(Cup cup, List<int> numbers, CancellationToken token = default);

            Task Empty();
        }

        public abstract class CupsGrain : Grain, ICups
        {
            public abstract Task<int> Fill(Cup cup, List<int> numbers, CancellationToken token = default);

            public abstract Task Empty();
        }

        [GenerateSerializer, Alias("Cup")]
        public sealed class Cup
        {
            [Id(1)]
            public First.Part? Part { get; set; }
        }
    }

    public static class OtherType
    {
        [Alias("Cups")]
        public interface ICups : IGrainWithStringKey
        {
            Task<int> Fill(Cup cup, List<int> numbers, CancellationToken token = default);

            Task Empty();
        }

        public abstract class CupsGrain : Grain, ICups
        {
            public abstract Task<int> Fill(Cup cup, List<int> numbers, CancellationToken token = default);

            public abstract Task Empty();
        }

        [GenerateSerializer, Alias("Cup")]
        public sealed class Cup
        {
            [Id(0)]
            public Part? Part { get; set; }
        }

        [GenerateSerializer, Alias("Part")]
        public sealed class Part
        {
            [Id(0)]
            public long Size { get; set; }
        }
    }

    public static class OtherSignature
    {
        [Alias("Cups")]
        public interface ICups : IGrainWithStringKey
        {
            Task<int> Fill(First.Cup cup, List<long> numbers, CancellationToken token = default);

            Task Empty();
        }

        public abstract class CupsGrain : Grain, ICups
        {
            public abstract Task<int> Fill(First.Cup cup, List<long> numbers, CancellationToken token = default);

            public abstract Task Empty();
        }
    }
}
