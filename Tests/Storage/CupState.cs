using System.Text.Json.Serialization;

namespace CoffeePayment.Tests.Storage;

/// <summary>A state for tests of storage.</summary>
[GenerateSerializer]
[Alias("CoffeePayment.Tests.CupState")]
public sealed record CupState
{
    [Id(0)]
    public int Sips { get; init; }

    [Id(1)]
    public string? Note { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(CupState))]
internal sealed partial class CupJsonContext : JsonSerializerContext;
