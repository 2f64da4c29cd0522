using Orleans;

namespace CoffeePayment.Engine.Clustering;

/// <summary>Is the silo there? Also tells it which version of the table the asking one knows.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.MembershipProbe")]
internal sealed record MembershipProbe([property: Id(0)] long Version);

/// <summary>There is a newer version of the table. Answered when the silo knows it.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.MembershipNews")]
internal sealed record MembershipNews([property: Id(0)] long Version);

/// <summary>Which version of the table the answering silo knows.</summary>
[GenerateSerializer, Immutable, Alias("CoffeePayment.MembershipKnown")]
internal sealed record MembershipKnown([property: Id(0)] long Version);
