using CoffeePayment.Api.Contracts;

namespace CoffeePayment.Silo.CommandLine.Views;

/// <summary>A page of orders, one a line.</summary>
internal static class OrderListView
{
    public static void Write(TextWriter output, OrderListResponse page)
    {
        var table = new TextTable("ORDER", "STATUS", "SINCE", " PRICE", "MACHINE", "PAYMENT", "RESOLVED");
        foreach (var order in page.Items)
        {
            table.Add(
                order.Id,
                OrderView.StatusOf(order),
                Printable.Time(order.StatusChangedAt),
                Printable.Money(order.Price, order.Currency),
                order.DeviceUuid,
                order.PaymentReferenceId,
                order.IsResolved ? "yes" : "no");
        }

        table.WriteTo(output);
        if (page.NextCursor is { } cursor) output.WriteLine($"There are more: --cursor {cursor}");
    }
}
