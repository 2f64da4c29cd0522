using System.Text.Json.Nodes;

namespace CoffeePayment.Silo.Import;

/// <summary>An order that may be registered.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="OrderId">Its id.</param>
/// <param name="Fields">What the file says of it, by the names of the API.</param>
/// <param name="Json">What is sent.</param>
internal sealed record Candidate(long Line, string OrderId, JsonObject Fields, string Json);

/// <summary>An order that was not registered, and why.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="OrderId">Its id; null if there is none that can be read.</param>
/// <param name="Faults">
/// Each field that is wrong and what is wrong with it; a field is empty where the whole line is meant.
/// </param>
/// <param name="Fields">What the file says of it, by the names of the API.</param>
/// <param name="Raw">The line as it is, where it could not be read; null otherwise.</param>
internal sealed record Refusal(
    long Line,
    string? OrderId,
    IReadOnlyList<(string Field, string Why)> Faults,
    JsonObject Fields,
    string? Raw = null)
{
    /// <summary>The fields that are wrong.</summary>
    public string FieldNames => string.Join(", ", Faults.Select(fault => fault.Field).Where(name => name.Length > 0));

    /// <summary>What is wrong, in one line.</summary>
    public string Why => string.Join(
        "; ", Faults.Select(fault => fault.Field.Length == 0 ? fault.Why : $"{fault.Field} {fault.Why}"));
}
