using System.Globalization;

namespace CoffeePayment.Tests.Engine;

[Alias("conformance.IStringIdentityGrain")]
public interface IStringIdentityGrain : IGrainWithStringKey
{
    [Alias("GetIdentity")]
    Task<Identity> GetIdentityAsync();
}

[Alias("conformance.IIntegerIdentityGrain")]
public interface IIntegerIdentityGrain : IGrainWithIntegerKey
{
    [Alias("GetIdentity")]
    Task<Identity> GetIdentityAsync();
}

[Alias("conformance.IGuidIdentityGrain")]
public interface IGuidIdentityGrain : IGrainWithGuidKey
{
    [Alias("GetIdentity")]
    Task<Identity> GetIdentityAsync();
}

/// <summary>How a grain sees itself.</summary>
[GenerateSerializer, Immutable, Alias("conformance.Identity")]
public sealed record Identity([property: Id(0)] string Key, [property: Id(1)] string GrainId);

[GrainType("conformance-identity")]
public sealed class StringIdentityGrain : Grain, IStringIdentityGrain
{
    public Task<Identity> GetIdentityAsync() =>
        Task.FromResult(new Identity(this.GetPrimaryKeyString(), this.GetGrainId().ToString()));
}

public sealed class IntegerIdentityGrain : Grain, IIntegerIdentityGrain
{
    public Task<Identity> GetIdentityAsync()
    {
        var key = this.GetPrimaryKeyLong().ToString(CultureInfo.InvariantCulture);
        return Task.FromResult(new Identity(key, this.GetGrainId().ToString()));
    }
}

public sealed class GuidIdentityGrain : Grain, IGuidIdentityGrain
{
    public Task<Identity> GetIdentityAsync() =>
        Task.FromResult(new Identity(this.GetPrimaryKey().ToString(), this.GetGrainId().ToString()));
}
