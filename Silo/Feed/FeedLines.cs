using System.Globalization;
using System.Text;
using CoffeePayment.Orders;

namespace CoffeePayment.Silo.Feed;

/// <summary>How changes read at the terminal.</summary>
/// <param name="isColoured">Whether the terminal understands colours.</param>
/// <param name="zone">In which time zone times are shown.</param>
public sealed class FeedLines(bool isColoured, TimeZoneInfo zone)
{
    private const int IdWidth = 14;
    private const int ChangeWidth = 27;
    private const string Reset = "\e[0m";
    private const string Faint = "\e[2m";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>One change, and how many orders are where after it.</summary>
    public string Of(StatusChange change, StatusCounts counts)
    {
        var from = change.From is { } left ? WireNames.Of(left) + " -> " : "+ ";
        var to = WireNames.Of(change.To);
        var line = new StringBuilder()
            .Append(Time(change.At))
            .Append("  ")
            .Append(change.OrderId.PadRight(IdWidth))
            .Append("  ")
            .Append(from)
            .Append(Coloured(ColourOf(change.To), to))
            .Append(' ', Math.Max(0, ChangeWidth - from.Length - to.Length))
            .Append("  ")
            .Append(Amount(change.Price).PadLeft(10));

        if (ReasonTexts.Of(change.Reason) is { } reason) line.Append("  ").Append(reason);
        if (change.DueAt > change.At) line.Append("  next ").Append(Time(change.DueAt.Value));
        return line.Append("  ").Append(Coloured(Faint, Counts(counts))).ToString();
    }

    /// <summary>Many changes in one line, when there are more than anybody could read.</summary>
    public string OfMany(DateTimeOffset at, IReadOnlyDictionary<OrderStatus, long> arrivals, StatusCounts counts)
    {
        var parts = arrivals.OrderBy(arrival => arrival.Key).Select(arrival =>
        {
            var verb = arrival.Key == OrderStatus.Pending ? "registered" : WireNames.Of(arrival.Key);
            return $"+{arrival.Value.ToString("N0", Culture)} {Coloured(ColourOf(arrival.Key), verb)}";
        });

        return $"{Time(at)}  {string.Join(", ", parts)}  {Coloured(Faint, Counts(counts))}";
    }

    /// <summary>Minor units as an amount: <c>180.00 RUB</c>.</summary>
    public static string Amount(Money money) =>
        money.Currency is "JPY" or "KRW" or "VND" or "CLP" or "ISK"
            ? $"{money.MinorUnits.ToString("N0", Culture)} {money.Currency}"
            : $"{(money.MinorUnits / 100m).ToString("N2", Culture)} {money.Currency}";

    private static string Counts(StatusCounts counts)
    {
        var entries = counts.Snapshot()
            .Select(entry => $"{WireNames.Of(entry.Status)} {entry.Orders.ToString("N0", Culture)}");
        return $"[{string.Join(", ", entries)}]";
    }

    private string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss", Culture);

    private string Coloured(string colour, string text) => isColoured ? colour + text + Reset : text;

    private static string ColourOf(OrderStatus status) => status switch
    {
        OrderStatus.Pending => "\e[36m",
        OrderStatus.Paid or OrderStatus.MakePending or OrderStatus.Successful => "\e[32m",
        OrderStatus.ManualMake or OrderStatus.MakeFailed => "\e[33m",
        OrderStatus.NotPaid or OrderStatus.Refunded => "\e[35m",
        _ => "\e[31m",
    };
}
