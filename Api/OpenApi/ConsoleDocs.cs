using CoffeePayment.Api.Contracts;
using CoffeePayment.Api.Endpoints;

namespace CoffeePayment.Api.OpenApi;

/// <summary>What the document says of the calls that only the console makes.</summary>
internal static class ConsoleDocs
{
    public static readonly OperationDoc Page = new()
    {
        Id = "getConsolePage",
        Tag = Tags.Service,
        Summary = "The console",
        Description = "A page for operators. It holds no data of its own, so it needs no API key; what it calls does.",
        IsOpen = true,
        Answers =
        [
            new(StatusCodes.Status200OK, "The page.", typeof(string), "<!doctype html>", ConsoleFiles.MediaType),
        ],
    };

    public static readonly OperationDoc Settings = new()
    {
        Id = "getConsole",
        Tag = Tags.Service,
        Summary = "What the console must know",
        Description = "Facts about the service that the console at / shows or goes by.",
        Answers =
        [
            new(StatusCodes.Status200OK, "The facts.", typeof(ConsoleResponse), Examples.Console),
            .. Answers.Failures,
        ],
    };

    public static readonly OperationDoc TestOrder = new()
    {
        Id = "placeTestOrder",
        Tag = Tags.Service,
        Summary = "Place a test order",
        Description = "Makes a payment at the sandbox which ends as asked for, and registers an order that waits for "
            + "it. There only while the service has a sandbox of its own.",
        Body = new BodyDoc(typeof(TestOrderRequest), Examples.TestOrderRequest),
        Answers =
        [
            new(StatusCodes.Status201Created, "The order.", typeof(OrderResponse), Examples.Order),
            Answers.Invalid("ending", Input.WireWords.MustBeOneOf<TestOrderEnding>()),
            .. Answers.BodyFaults,
            .. Answers.Failures,
        ],
    };
}
