using System.ComponentModel.DataAnnotations;
using CoffeePayment.Orders;

namespace CoffeePayment.Api.Contracts;

/// <summary>How an order that waited for a person, or for the machine, ended.</summary>
/// <remarks>The shape for the OpenAPI document; a body is read by <see cref="Input.ResolutionReader"/>.</remarks>
internal sealed record ResolveRequest
{
    /// <summary>
    /// <c>made</c>: the customer has the drink; <c>not_made</c>: no drink came out, only while <c>make_pending</c>;
    /// <c>refunded</c>: the customer has the money back; <c>dismissed</c>: nothing is owed.
    /// </summary>
    public required ResolutionOutcome Outcome { get; init; }

    /// <summary>Free text for whoever looks later.</summary>
    [MaxLength(Identifiers.NoteLengthMax)]
    public string? Note { get; init; }
}
