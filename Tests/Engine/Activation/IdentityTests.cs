using System.Globalization;

namespace CoffeePayment.Tests.Engine;

/// <summary>Who a grain is: a type and a key, written <c>type/key</c>.</summary>
/// <seealso href="https://learn.microsoft.com/dotnet/orleans/grains/grain-identity"/>
[Collection(PlainEngine.Name)]
public sealed class IdentityTests(PlainCluster cluster) : EngineTests(cluster)
{
    [Fact]
    public async Task StringKey_AnyText_ReachesTheGrainAsItIs()
    {
        const string key = "order:7/8 é";

        var identity = await Client.GetGrain<IStringIdentityGrain>(key).GetIdentityAsync();

        Assert.Equal(key, identity.Key);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(255L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task IntegerKey_AnyValue_ReachesTheGrainAsItIs(long key)
    {
        var identity = await Client.GetGrain<IIntegerIdentityGrain>(key).GetIdentityAsync();

        Assert.Equal(key.ToString(CultureInfo.InvariantCulture), identity.Key);
    }

    [Fact]
    public async Task GuidKey_AnyValue_ReachesTheGrainAsItIs()
    {
        var key = Guid.NewGuid();

        var identity = await Client.GetGrain<IGuidIdentityGrain>(key).GetIdentityAsync();

        Assert.Equal(key.ToString(), identity.Key);
    }

    [Fact]
    public async Task GrainId_ClassWithGrainType_IsThatTypeAndTheKey()
    {
        var identity = await Client.GetGrain<IStringIdentityGrain>("seven").GetIdentityAsync();

        Assert.Equal("conformance-identity/seven", identity.GrainId);
    }

    /// <summary>The name is that of the class in lower case, without "Grain" at its end.</summary>
    [Fact]
    public async Task GrainId_ClassWithoutGrainType_IsNamedAfterTheClass()
    {
        var identity = await Client.GetGrain<IIntegerIdentityGrain>(7).GetIdentityAsync();

        Assert.Equal("integeridentity/7", identity.GrainId);
    }

    [Theory]
    [InlineData(255L, "FF")]
    [InlineData(-1L, "FFFFFFFFFFFFFFFF")]
    public void GrainId_IntegerKey_IsWrittenInHexadecimal(long key, string text)
    {
        var grain = Client.GetGrain<IIntegerIdentityGrain>(key);

        Assert.Equal($"integeridentity/{text}", grain.GetGrainId().ToString());
    }

    [Fact]
    public void GrainId_GuidKey_IsWrittenWithoutDashes()
    {
        var key = Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E", CultureInfo.InvariantCulture);

        var grain = Client.GetGrain<IGuidIdentityGrain>(key);

        Assert.Equal("guididentity/0f8fad5bd9cb469fa16570867728950e", grain.GetGrainId().ToString());
    }

    [Fact]
    public async Task GrainId_OfTheReference_IsThatOfTheGrain()
    {
        var grain = Client.GetGrain<IStringIdentityGrain>(NewKey());

        var identity = await grain.GetIdentityAsync();

        Assert.Equal(grain.GetGrainId().ToString(), identity.GrainId);
    }

    [Fact]
    public void GrainId_Parsed_EqualsTheOneWritten()
    {
        var id = Client.GetGrain<IStringIdentityGrain>("a/b").GetGrainId();

        var parsed = GrainId.Parse(id.ToString());

        Assert.Equal(id, parsed);
        Assert.Equal("conformance-identity", parsed.Type.ToString());
        Assert.Equal("a/b", parsed.Key.ToString());
    }

    [Fact]
    public async Task Reference_MadeFromAGrainId_ReachesTheSameGrain()
    {
        var key = NewKey();
        var id = Client.GetGrain<IActivatedGrain>(key).GetGrainId();

        var fromId = await Client.GetGrain<IActivatedGrain>(id).GetInstanceAsync();
        var fromKey = await Client.GetGrain<IActivatedGrain>(key).GetInstanceAsync();

        Assert.Equal(fromKey, fromId);
    }

    [Fact]
    public void References_SameGrain_AreEqual()
    {
        var key = NewKey();

        var left = Client.GetGrain<IStringIdentityGrain>(key);
        var right = Client.GetGrain<IStringIdentityGrain>(key);

        Assert.Equal(left, right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
    }
}
