using CoffeePayment.Api.Audit;
using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Endpoints;
using CoffeePayment.Api.Http;

namespace CoffeePayment.Api.OpenApi;

/// <summary>What the document says of the calls that deal with orders.</summary>
internal static class OrderDocs
{
    private static readonly ParameterDoc OrderId = new()
    {
        Name = "id",
        In = ParameterPlace.Path,
        Shape = ParameterShape.OrderId,
        IsRequired = true,
        Description = "The order.",
        Example = Examples.OrderId,
    };

    private static readonly ParameterDoc Limit = new()
    {
        Name = "limit",
        In = ParameterPlace.Query,
        Shape = ParameterShape.PageSize,
        Description = "How many orders a page has at most.",
        Example = "50",
    };

    private static readonly ParameterDoc Cursor = new()
    {
        Name = "cursor",
        In = ParameterPlace.Query,
        Description = "The next_cursor of the page before; left out for the first.",
        Example = Examples.OrderList.NextCursor!,
    };

    public static readonly OperationDoc Register = new()
    {
        Id = "registerOrder",
        Tag = Tags.Orders,
        Summary = "Register an order",
        Description = "The order is durable once this is answered with 2xx; from then on its payment is checked by "
            + "itself. Sending the same order again is safe, and the way to go after an answer that got lost. Fields "
            + "that the service does not know are ignored.",
        Parameters =
        [
            new()
            {
                Name = AuditLog.ImportHeader,
                In = ParameterPlace.Header,
                Description = "Whatever its value, the registration is a part of an import and goes into the audit "
                    + "log.",
                Example = "1",
            },
        ],
        Body = new BodyDoc(typeof(OrderRequest), Examples.OrderRequest),
        Answers =
        [
            new(
                StatusCodes.Status201Created,
                "The order is registered.",
                typeof(OrderResponse),
                Examples.Order,
                Headers: Answers.Header("Location", "The order's URL.")),
            Answers.Order("The same order was registered before; this is how it stands."),
            Answers.OfProblem(
                Problems.OrderDiffers(Examples.OrderId, ["size", "price"]),
                "The id belongs to another order, whose differing fields are named, or the payment pays another one, "
                + "which is named."),
            Answers.Invalid("price", "must be a whole number from 1 to 1000000000000"),
            .. Answers.BodyFaults,
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Get = new()
    {
        Id = "getOrder",
        Tag = Tags.Orders,
        Summary = "Read an order",
        Description = "The order as it stands, with its history.",
        Parameters =
        [
            OrderId,
            new()
            {
                Name = "refresh",
                In = ParameterPlace.Query,
                Shape = ParameterShape.Flag,
                Description = "Ask the provider first, unless it was asked within the last second.",
                Example = "true",
            },
        ],
        Answers =
        [
            Answers.Order("The order."),
            Answers.OrderNotFound,
            Answers.Invalid("refresh", "must be true or false"),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc List = new()
    {
        Id = "listOrders",
        Tag = Tags.Orders,
        Summary = "List the orders in a status",
        Description = "Newest first, a page at a time.",
        Parameters =
        [
            new()
            {
                Name = "status",
                In = ParameterPlace.Query,
                Shape = ParameterShape.OrderStatus,
                IsRequired = true,
                Description = "The status.",
                Example = "pending",
            },
            Limit,
            Cursor,
        ],
        Answers =
        [
            new(StatusCodes.Status200OK, "A page of orders.", typeof(OrderListResponse), Examples.OrderList),
            Answers.Invalid("limit", "must be a whole number from 1 to 500"),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Attention = new()
    {
        Id = "listAttention",
        Tag = Tags.Orders,
        Summary = "List the orders that wait for a person",
        Description = "Orders that are manual_make, make_failed or failed and that nobody has resolved; newest first, "
            + "a page at a time.",
        Parameters = [Limit, Cursor],
        Answers =
        [
            new(StatusCodes.Status200OK, "A page of orders.", typeof(OrderListResponse), Examples.OrderList),
            Answers.Invalid("limit", "must be a whole number from 1 to 500"),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Search = new()
    {
        Id = "searchOrders",
        Tag = Tags.Orders,
        Summary = "Search by order, payment or machine",
        Description = "The order with this id, the order that the payment with this id pays, and the orders of the "
            + "machine with this id, those whose payment started last first, a page at a time.",
        Parameters =
        [
            new()
            {
                Name = "q",
                In = ParameterPlace.Query,
                IsRequired = true,
                Description = "The id of an order, a payment or a machine, whole.",
                Example = Examples.OrderId,
            },
            Limit,
            Cursor,
        ],
        Answers =
        [
            new(StatusCodes.Status200OK, "A page of orders.", typeof(OrderListResponse), Examples.OrderList),
            Answers.Invalid("q", "must be a text of 1 to 255 characters"),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Events = new()
    {
        Id = "followOrder",
        Tag = Tags.Orders,
        Summary = "Follow an order",
        Description = "Server-sent events: the order now, then at every change, each as an event 'order' whose data "
            + "is the order as JSON and whose id is its revision. Ends when the order is neither pending nor paid. A "
            + "comment every 15 s keeps proxies from cutting the connection.",
        Parameters =
        [
            OrderId,
            new()
            {
                Name = "Last-Event-ID",
                In = ParameterPlace.Header,
                Description = "The last revision that the client has seen, which browsers send by themselves.",
                Example = "3",
            },
        ],
        Answers =
        [
            new(StatusCodes.Status200OK, "The stream.", typeof(string), Examples.Event, EventStream.ContentType),
            new(StatusCodes.Status204NoContent, "The client has seen the order's end: there is no need to come back."),
            Answers.OrderNotFound,
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc Check = new()
    {
        Id = "checkOrder",
        Tag = Tags.Orders,
        Summary = "Check an order's payment now",
        Description = "Asks the provider and answers with the order as it is then. Safe at any time: checks of one "
            + "order never overlap, and an order that is done is answered as it is.",
        Parameters = [OrderId],
        Answers = [Answers.Order("The order after the check."), Answers.OrderNotFound, .. Answers.Failures],
    };

    public static readonly OperationDoc Resolve = new()
    {
        Id = "resolveOrder",
        Tag = Tags.Orders,
        Summary = "Say how an order ended",
        Description = "For orders that wait for a person, or for the machine.",
        Parameters = [OrderId],
        Body = new BodyDoc(typeof(ResolveRequest), Examples.ResolveRequest),
        Answers =
        [
            Answers.Order("The order after it."),
            Answers.OrderNotFound,
            Answers.OfProblem(
                Problems.Refused("The order is refunded: nothing can follow."), "The order's rules forbid it."),
            Answers.Invalid("outcome", "must be one of: made, not_made, refunded, dismissed"),
            .. Answers.BodyFaults,
            .. Answers.Failures,
        ],
    };
}
