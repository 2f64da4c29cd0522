using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>One order, with everything that happened to it.</summary>
internal static class OrderView
{
    private const int LabelWidth = 15;

    public static void Write(TextWriter output, OrderResponse order, DateTimeOffset now)
    {
        output.WriteLine($"{order.Id} is {StatusOf(order)}");
        output.WriteLine(OrderMeaning.Of(order));
        if (OrderMeaning.AdviceOn(order) is { } advice) output.WriteLine($"What to do: {advice}");

        output.WriteLine();
        var drink = order.DrinkName is { } name ? $"{order.DrinkNumber} ({name})" : order.DrinkNumber;
        Line("payment", $"{order.PaymentReferenceId} of merchant {order.MerchantId}, {order.PaymentScenario}");
        Line("price", Printable.Money(order.Price, order.Currency));
        Line("machine", $"{order.DeviceUuid}, drink {drink}, {WireNames.Of(order.Size)}");
        Line("payment began", Since(order.PaymentStartedAt));
        Line("expires", Since(order.ExpiresAt));
        Line("status since", Since(order.StatusChangedAt));
        Line("checks", $"{order.CheckAttempts}, the last {order.UnansweredAttempts} without an answer");
        Line("last check", Since(order.LastCheckAt));
        Line("next check", Since(order.NextCheckAt ?? order.NextLateCheckAt));
        Line("make commands", $"{order.MakeAttempts}");
        Line("customer reads", order.FailedPresentationDesc);
        output.WriteLine();
        WriteHistory(output, order);

        void Line(string label, string? value) =>
            output.WriteLine($"  {label.PadRight(LabelWidth)}{Printable.Line(value ?? "-")}");

        string? Since(DateTimeOffset? time)
        {
            if (time is not { } at) return null;

            var duration = Printable.Duration(at - now);
            return $"{Printable.Time(at)} ({(at > now ? $"in {duration}" : $"{duration} ago")})";
        }
    }

    /// <summary>The status with its reason.</summary>
    public static string StatusOf(OrderResponse order) => Printable.Line(order.StatusReason is { } reason
        ? $"{WireNames.Of(order.Status)} ({reason})"
        : WireNames.Of(order.Status));

    private static void WriteHistory(TextWriter output, OrderResponse order)
    {
        var table = new TextTable("WHEN", "WHAT", " TIMES", "STATUS", "BY", "DETAIL");
        foreach (var entry in order.History)
        {
            var detail = string.Join(": ", new[] { entry.Detail, entry.Note }.Where(text => text is not null));
            table.Add(
                Printable.Time(entry.At),
                WireNames.Of(entry.Kind),
                $"{entry.Count}",
                WireNames.Of(entry.Status),
                entry.By,
                detail.Length == 0 ? null : detail);
        }

        table.WriteTo(output, "  ");
    }
}
