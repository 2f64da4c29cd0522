using CoffeePayment.Orders;

namespace CoffeePayment.Api.Input;

/// <summary>Which page of the orders in which status is asked for.</summary>
internal sealed record ListQuery(OrderStatus Status, PageQuery Page)
{
    /// <summary>The query; null if something is wrong with it, which <paramref name="errors"/> says.</summary>
    public static ListQuery? Read(IQueryCollection query, out FieldErrors errors)
    {
        errors = new FieldErrors();
        if (!WireNames.TryParse<OrderStatus>(query["status"], out var status))
            errors.Add("status", WireWords.MustBeOneOf<OrderStatus>());
        var page = PageQuery.Read(query, WireNames.Of(status), "orders in the same status", errors);
        return errors.Any ? null : new ListQuery(status, page);
    }
}
