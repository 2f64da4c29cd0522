using System.Text.Json;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Orders;

namespace CoffeePayment.Api.Input;

/// <summary>Reads what a person says of an order, or what is wrong with it.</summary>
internal static class ResolutionReader
{
    private static readonly FieldNames Names = new("outcome", "note");

    /// <summary>Somebody's resolution; null if something is wrong with it: <paramref name="errors"/>.</summary>
    public static Resolution? Read(JsonElement body, string by, out FieldErrors errors)
    {
        var fields = new JsonFields(body, Names);
        errors = fields.Errors;

        var outcome = WireWords.Read<ResolutionOutcome>(fields, "outcome", isRequired: true);
        var note = fields.Text("note", Identifiers.NoteLengthMax, isRequired: false, mayHaveLines: true);
        return errors.Any ? null : new Resolution(outcome!.Value, note, by);
    }
}
