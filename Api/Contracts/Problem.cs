using System.Text.Json.Serialization;

namespace CoffeePayment.Api.Contracts;

/// <summary>What went wrong (RFC 9457, <c>application/problem+json</c>).</summary>
internal sealed record Problem
{
    /// <summary>Which kind of problem, for programs; <c>about:blank</c> if the status says it all.</summary>
    public required string Type { get; init; }

    /// <summary>Which kind of problem, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened this time, and what to do about it.</summary>
    public required string Detail { get; init; }

    /// <summary>With 422: each bad field and what is wrong with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>With 409: the fields in which the registered order differs.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? DifferingFields { get; init; }

    /// <summary>With 409: the order that the payment pays.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OtherOrderId { get; init; }

    /// <summary>With 500: where to look in the service's log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }
}
