using CoffeePayment.Api.Calls;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Http;
using CoffeePayment.Api.Input;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Api.Endpoints;

/// <summary>Lists orders: those in a status, those that wait for a person, and those that a word finds.</summary>
internal sealed class OrderListEndpoints(IGrainFactory grains, GrainCalls calls)
{
    private const string AttentionList = "attention";

    private IOrderDirectoryGrain Directory => grains.GetGrain<IOrderDirectoryGrain>(0);

    public async Task ListAsync(HttpContext context)
    {
        if (ListQuery.Read(context.Request.Query, out var errors) is not { } query)
        {
            await Problems.WriteAsync(context, Problems.Invalid(errors.All));
            return;
        }

        var page = await calls.RepeatAsync(
            () => Directory.ListAsync(query.Status, query.Page.After, query.Page.Limit), context.RequestAborted);
        await WriteAsync(context, page.Orders, WireNames.Of(query.Status), page.Next);
    }

    public async Task ListAttentionAsync(HttpContext context)
    {
        var errors = new FieldErrors();
        var query = PageQuery.Read(
            context.Request.Query, AttentionList, "orders that need attention", errors);
        if (errors.Any)
        {
            await Problems.WriteAsync(context, Problems.Invalid(errors.All));
            return;
        }

        var page = await calls.RepeatAsync(
            () => Directory.ListAttentionAsync(query.After, query.Limit), context.RequestAborted);
        await WriteAsync(context, page.Orders, AttentionList, page.Next);
    }

    public async Task SearchAsync(HttpContext context)
    {
        if (SearchQuery.Read(context.Request.Query, out var errors) is not { } query)
        {
            await Problems.WriteAsync(context, Problems.Invalid(errors.All));
            return;
        }

        var stop = context.RequestAborted;
        var byMachine = calls.RepeatAsync(
            () => Directory.ListByMachineAsync(query.Text, query.Page.After, query.Page.Limit), stop);
        var byId = query.Page.After is null ? await FindAsync(query.Text, stop) : [];
        var page = await byMachine;
        PaymentOrder[] found = [.. byId, .. page.Orders];
        await WriteAsync(context, found.DistinctBy(order => order.Id), SearchQuery.MachineList, page.Next);
    }

    /// <summary>The order with this id, and the one that the payment with this id pays.</summary>
    private async Task<List<PaymentOrder>> FindAsync(string text, CancellationToken stop)
    {
        var ids = new List<string>();
        if (Identifiers.IsOrderId(text)) ids.Add(text);
        if (Identifiers.IsPaymentReferenceId(text)
            && await calls.RepeatAsync(() => Directory.FindByPaymentAsync(text), stop) is { } paid)
            ids.Add(paid);

        var orders = await Task.WhenAll(ids.Select(
            id => calls.RepeatAsync(() => grains.GetGrain<IPendingPaymentGrain>(id).GetAsync(), stop)));
        return [.. orders.OfType<PaymentOrder>()];
    }

    private static Task WriteAsync(
        HttpContext context, IEnumerable<PaymentOrder> orders, string list, StatusEntry? next)
    {
        var response = new OrderListResponse
        {
            Items = [.. orders.Select(OrderResponse.From)],
            NextCursor = next is { } entry ? PageCursor.Write(list, entry.OrderId, entry.At) : null,
        };
        return Responses.WriteJsonAsync(
            context, StatusCodes.Status200OK, response, ApiJson.Context.OrderListResponse);
    }
}
