using System.ComponentModel.DataAnnotations;

namespace CoffeePayment.Api.Contracts;

/// <summary>What a person signs in with.</summary>
/// <remarks>The shape for the OpenAPI document; a body is read by the endpoint.</remarks>
internal sealed record SessionRequest
{
    /// <summary>One of the service's API keys.</summary>
    [MaxLength(KeyLengthMax)]
    public required string Key { get; init; }

    internal const int KeyLengthMax = 500;
}

/// <summary>Whether somebody is signed in.</summary>
internal sealed record SessionResponse
{
    /// <summary>Whether the request came with a session or a key.</summary>
    public required bool SignedIn { get; init; }

    /// <summary>Whether the service asks for keys at all; where it has none, there is nothing to sign in to.</summary>
    public required bool Required { get; init; }

    /// <summary>The name of the key; null if nobody is signed in.</summary>
    public required string? Name { get; init; }
}
