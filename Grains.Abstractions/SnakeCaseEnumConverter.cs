using System.Text.Json;
using System.Text.Json.Serialization;

namespace CoffeePayment;

/// <summary>Enum members in JSON by the names of <see cref="WireNames"/>; numbers are refused.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
