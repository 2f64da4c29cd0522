using System.Net.Http.Headers;
using System.Text;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Yookassa;

namespace CoffeePayment.Tests.Yookassa;

public sealed class PaymentAnswerReaderTests
{
    private const string PaymentId = "22d6d597-000f-5000-9000-145f6df21d6f";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ProviderAnswer Unreadable = new ProviderAnswer.NoAnswer(NoAnswerCause.Unreadable);

    /// <summary>
    /// A payment as YooKassa's documentation shows it, with the status and the details to be filled in.
    /// </summary>
    private const string Documented = """
        {
          "id": "22d6d597-000f-5000-9000-145f6df21d6f",
          "status": "STATUS",
          "paid": true,
          "amount": { "value": "150.00", "currency": "RUB" },
          "authorization_details": { "rrn": "10000000000", "three_d_secure": { "applied": true } },
          "created_at": "2018-07-10T14:27:54.691Z",
          "description": "Order 72",
          "metadata": { "id": "not this one", "status": "nor this" },
          "payment_method": { "type": "bank_card", "id": "22d6d597", "saved": false, "card": { "last4": "4444" } },
          "recipient": { "account_id": "100500", "gateway_id": "100700" },
          "cancellation_details": { "party": "payment_network", "reason": "REASON" },
          "refundable": true,
          "test": false
        }
        """;

    public static TheoryData<string, ProviderAnswer> Statuses => new()
    {
        { "pending", new ProviderAnswer.Pending() },
        { "succeeded", new ProviderAnswer.Succeeded(new Money(15000, "RUB")) },
        { "waiting_for_capture", new ProviderAnswer.WaitingForCapture() },
        { "canceled", new ProviderAnswer.Canceled("insufficient_funds") },
        { "on_hold", new ProviderAnswer.UnknownStatus("on_hold") },
        { "Succeeded", new ProviderAnswer.UnknownStatus("succeeded") },
        { new string('x', 500), new ProviderAnswer.UnknownStatus(new string('x', 64)) },
        { "<b>наш</b>", new ProviderAnswer.UnknownStatus("_b_________b_") },
        { "pend\\u0069ng", new ProviderAnswer.Pending() },
        { "", Unreadable },
    };

    public static TheoryData<string, ProviderAnswer> CancellationDetails => new()
    {
        { """{"party":"yoo_money","reason":"fraud_suspected"}""", new ProviderAnswer.Canceled("fraud_suspected") },
        { """{"reason":"Not-Known\n"}""", new ProviderAnswer.Canceled("not_known_n") },
        { """{"reason":""}""", new ProviderAnswer.Canceled("canceled") },
        { """{"reason":{"a":[1]}}""", new ProviderAnswer.Canceled("canceled") },
        { """{"party":"merchant"}""", new ProviderAnswer.Canceled("canceled") },
        { "null", new ProviderAnswer.Canceled("canceled") },
        { "[[]]", new ProviderAnswer.Canceled("canceled") },
    };

    public static TheoryData<string> BadBodies =>
    [
        "",
        " ",
        "null",
        "[]",
        "\"pending\"",
        "{}",
        """{"id":"ID"}""",
        """{"status":"pending"}""",
        """{"id":"ID","status":null}""",
        """{"id":"ID","status":["pending"]}""",
        """{"id":"ID","status":"pending","status":"succeeded"}""",
        """{"id":"ID","id":"ID","status":"pending"}""",
        """{"id":"22d6d597","status":"pending"}""",
        """{"id":17,"status":"pending"}""",
        """{"id":"ID","status":"pending"} {}""",
        "{\"id\":\"ID\",\"status\":\"pending\",",
        """{"id":"ID","status":"pending",}""",
        """{"id":"ID","status":"\ud800ing"}""",
        """{"id":"ID","status":"pending","\ud800ount":1}""",
        "<html>Bad gateway</html>",
        """{"id":"ID","status":"succeeded"}""",
        """{"id":"ID","status":"succeeded","paid":true,"amount":null}""",
        """{"id":"ID","status":"succeeded","amount":"150.00"}""",
        """{"id":"ID","status":"succeeded","amount":{"value":"150.00"}}""",
        """{"id":"ID","status":"succeeded","amount":{"currency":"RUB"}}""",
        """{"id":"ID","status":"succeeded","amount":{"value":150.00,"currency":"RUB"}}""",
        """{"id":"ID","status":"succeeded","amount":{"value":"150.001","currency":"RUB"}}""",
        """{"id":"ID","status":"succeeded","amount":{"value":"150.00","currency":"rub"}}""",
        """{"id":"ID","status":"succeeded","amount":{"value":"1","value":"2","currency":"RUB"}}""",
        """{"id":"ID","status":"succeeded","amount":{"value":"1","currency":"RUB"},"amount":{"value":"2"}}""",
    ];

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Read_DocumentedPayment_DecidesOnStatusAlone(string status, ProviderAnswer expected)
    {
        var body = Documented.Replace("STATUS", status).Replace("REASON", "insufficient_funds");

        Assert.Equal(expected, Read(200, body));
        Assert.Equal(expected, Read(200, body.Replace("\"paid\": true", "\"paid\": false")));
    }

    [Theory]
    [MemberData(nameof(CancellationDetails))]
    public void Read_Canceled_TellsTheReasonInPlainLetters(string details, ProviderAnswer expected)
    {
        var body = $$"""{"id":"{{PaymentId}}","cancellation_details":{{details}},"status":"canceled"}""";

        Assert.Equal(expected, Read(200, body));
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public void Read_BodyThatIsNoUsablePayment_IsUnreadable(string body) =>
        Assert.Equal(Unreadable, Read(200, body.Replace("ID", PaymentId)));

    [Theory]
    [InlineData(401, NoAnswerCause.Unauthorized)]
    [InlineData(403, NoAnswerCause.Unauthorized)]
    [InlineData(404, NoAnswerCause.NotFound)]
    [InlineData(400, NoAnswerCause.Rejected)]
    [InlineData(405, NoAnswerCause.Rejected)]
    [InlineData(408, NoAnswerCause.Rejected)]
    [InlineData(499, NoAnswerCause.Rejected)]
    [InlineData(429, NoAnswerCause.RateLimited)]
    [InlineData(500, NoAnswerCause.ServerError)]
    [InlineData(503, NoAnswerCause.ServerError)]
    [InlineData(599, NoAnswerCause.ServerError)]
    [InlineData(101, NoAnswerCause.Unreadable)]
    [InlineData(301, NoAnswerCause.Unreadable)]
    [InlineData(600, NoAnswerCause.Unreadable)]
    [InlineData(0, NoAnswerCause.Unreadable)]
    [InlineData(-1, NoAnswerCause.Unreadable)]
    public void Read_OtherHttpStatus_IsNoAnswerEvenIfTheBodySaysSucceeded(int status, NoAnswerCause expected)
    {
        var body = Documented.Replace("STATUS", "succeeded");

        Assert.Equal(new ProviderAnswer.NoAnswer(expected), Read(status, body));
    }

    [Theory]
    [InlineData("""{"retry_after":1800}""", null, 1.8)]
    [InlineData("""{"retry_after":1800}""", "7", 1.8)]
    [InlineData("""{"retry_after":1.5e3}""", null, 1.5)]
    [InlineData("""{"retry_after":1e300}""", null, 3600.0)]
    [InlineData("""{"retry_after":1800,"cut""", null, 1.8)]
    [InlineData("""{"retry_after":"1800"}""", "7", 7.0)]
    [InlineData("""{"parameter":{"retry_after":1}}""", "7", 7.0)]
    [InlineData("[1800]", "7", 7.0)]
    [InlineData("<html>", "7", 7.0)]
    [InlineData("", "7200", 3600.0)]
    [InlineData("", "Sun, 01 Mar 2026 12:00:09 GMT", 9.0)]
    [InlineData("", "Sun, 01 Mar 2026 11:59:59 GMT", null)]
    [InlineData("", "0", null)]
    [InlineData("""{"retry_after":-1}""", null, null)]
    [InlineData("", null, null)]
    public void Read_ProviderWantsToBeLeftAlone_SaysHowLong(string body, string? header, double? seconds)
    {
        var retryAfter = header is null ? null : RetryConditionHeaderValue.Parse(header);
        TimeSpan? expected = seconds is { } number ? TimeSpan.FromSeconds(number) : null;

        var limited = PaymentAnswerReader.Read(429, retryAfter, Encoding.UTF8.GetBytes(body), PaymentId, Now);
        var failed = PaymentAnswerReader.Read(502, retryAfter, Encoding.UTF8.GetBytes(body), PaymentId, Now);
        var rejected = PaymentAnswerReader.Read(400, retryAfter, Encoding.UTF8.GetBytes(body), PaymentId, Now);

        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.RateLimited, expected), limited);
        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.ServerError, expected), failed);
        Assert.Equal(new ProviderAnswer.NoAnswer(NoAnswerCause.Rejected), rejected);
    }

    private static ProviderAnswer Read(int status, string body) =>
        PaymentAnswerReader.Read(status, retryAfter: null, Encoding.UTF8.GetBytes(body), PaymentId, Now);
}
