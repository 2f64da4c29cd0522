using System.CommandLine;
using CoffeePayment.Api.Input;

namespace CoffeePayment.Silo.CommandLine;

/// <summary>Which page of a list is shown.</summary>
internal sealed class PageOptions
{
    private const int LimitDefault = 50;

    private readonly Option<int> _limit = new Option<int>("--limit")
    {
        Description = "How many at most, 1 to 500",
        HelpName = "N",
        DefaultValueFactory = _ => LimitDefault,
    }.Between(1, PageQuery.LimitMax);

    private readonly Option<string?> _cursor = new("--cursor")
    {
        Description = "Where the page before ended, as it said",
        HelpName = "text",
    };

    public void AddTo(Command command)
    {
        command.Add(_limit);
        command.Add(_cursor);
    }

    /// <summary>The path with the page at its end.</summary>
    /// <param name="context">What was asked for.</param>
    /// <param name="path">A path with a query, which may be empty.</param>
    public string Append(CommandContext context, string path)
    {
        var limited = $"{path}&limit={context.Value(_limit)}";
        return context.Value(_cursor) is { } cursor ? $"{limited}&cursor={Uri.EscapeDataString(cursor)}" : limited;
    }
}
