using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Api.Input;

/// <summary>What is searched for, and which page of it is asked for.</summary>
/// <param name="Text">An order, a payment or a machine, without blanks around it.</param>
/// <param name="Page">The page.</param>
internal sealed record SearchQuery(string Text, PageQuery Page)
{
    /// <summary>The word of a machine's orders in cursors.</summary>
    public const string MachineList = "machine";

    /// <summary>The query; null if something is wrong with it, which <paramref name="errors"/> says.</summary>
    public static SearchQuery? Read(IQueryCollection query, out FieldErrors errors)
    {
        errors = new FieldErrors();
        var text = query["q"].ToString().Trim();
        if (text.Length is 0 or > Identifiers.OrderIdLengthMax || text.Any(char.IsControl))
            errors.Add("q", $"must be a text of 1 to {Identifiers.OrderIdLengthMax} characters");
        var page = PageQuery.Read(query, MachineList, "the same search", errors);
        return errors.Any ? null : new SearchQuery(text, page);
    }
}
