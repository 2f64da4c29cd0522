using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using CoffeePayment.Silo.Yookassa;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Yookassa;

public sealed class PaymentAnswerReaderProperties
{
    private const string PaymentId = "22d6d597-000f-5000-9000-145f6df21d6f";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(2000);

    private static readonly byte[] Payment = Encoding.UTF8.GetBytes(
        $$$"""
        {"id":"{{{PaymentId}}}","status":"canceled","amount":{"value":"150.00","currency":"RUB"},"retry_after":1800,
        "cancellation_details":{"party":"merchant","reason":"canc\u0065led"},"metadata":{"a":[1,-2.5e1,true,null]}}
        """);

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\ud800", "\\u0000", "\"id\"", "\"status\"", "\"amount\"",
        "\"value\"", "\"currency\"", "\"cancellation_details\"", "\"reason\"", "\"retry_after\"", "\"succeeded\"",
        "\"canceled\"",
        $"\"{PaymentId}\"", "\"RUB\"", "\"150.00\"", "1e999", "-0", "null", "true", " ", "\uFEFF", "\u0000",
    ];

    [Fact]
    public void Read_AnyBytes_IsAnAnswerWithinBounds() => Check.One(
        Config,
        Prop.ForAll<int, byte[], string>((status, body, id) => IsWithinBounds(status, body, id ?? "")));

    [Fact]
    public void Read_DamagedPayment_IsAnAnswerWithinBounds() => Check.One(
        Config,
        Prop.ForAll<int, byte, PositiveInt>((place, value, length) =>
        {
            var body = Payment.ToArray();
            body[Math.Abs((long)place) % body.Length] = value;

            return IsWithinBounds(200, body, PaymentId)
                && IsWithinBounds(500, body, PaymentId)
                && IsWithinBounds(200, body[..(length.Get % body.Length)], PaymentId);
        }));

    [Fact]
    public void Read_JumbledJson_IsAnAnswerWithinBounds()
    {
        var bodies = Gen.Elements(Fragments).ListOf().Select(parts => Encoding.UTF8.GetBytes(string.Concat(parts)));

        Check.One(Config, Prop.ForAll(bodies.ToArbitrary(), body => IsWithinBounds(200, body, PaymentId)
            && IsWithinBounds(429, body, PaymentId)));
    }

    [Fact]
    public void Read_PaymentCutShort_IsUnreadable()
    {
        var answers = Enumerable.Range(0, Payment.Length)
            .Select(length => PaymentAnswerReader.Read(200, null, Payment.AsSpan(0, length), PaymentId, Now))
            .Distinct();

        Assert.Equal([new ProviderAnswer.NoAnswer(NoAnswerCause.Unreadable)], answers);
    }

    [Fact]
    public void Read_SucceededWithAnyAmount_IsThatAmountExactly() => Check.One(
        Config,
        Prop.ForAll<long>(number =>
        {
            var units = number & long.MaxValue;
            var value = (units / 100m).ToString("0.00", CultureInfo.InvariantCulture);
            var amount = $$"""{"value":"{{value}}","currency":"RUB"}""";
            var body = $$"""{"id":"{{PaymentId}}","status":"succeeded","amount":{{amount}}}""";

            return PaymentAnswerReader.Read(200, null, Encoding.UTF8.GetBytes(body), PaymentId, Now)
                == new ProviderAnswer.Succeeded(new Money(units, "RUB"));
        }));

    [Fact]
    public void Read_AnyRetryAfterHeader_IsAtMostAnHour() => Check.One(
        Config,
        Prop.ForAll<int, DateTime, bool>((seconds, date, isDate) => IsWithinBounds(
            503,
            [],
            PaymentId,
            isDate
                ? new RetryConditionHeaderValue(new DateTimeOffset(DateTime.SpecifyKind(date, DateTimeKind.Utc)))
                : new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds & int.MaxValue)))));

    private static bool IsWithinBounds(
        int status, byte[] body, string paymentReferenceId, RetryConditionHeaderValue? retryAfter = null) =>
        PaymentAnswerReader.Read(status, retryAfter, body, paymentReferenceId, Now) switch
        {
            ProviderAnswer.Canceled canceled => IsPlain(canceled.Reason),
            ProviderAnswer.UnknownStatus unknown => IsPlain(unknown.Status),
            ProviderAnswer.Succeeded succeeded => succeeded.Amount.MinorUnits >= 0,
            ProviderAnswer.NoAnswer { RetryAfter: { } time } => time > TimeSpan.Zero && time <= TimeSpan.FromHours(1),
            ProviderAnswer.NotAsked or null => false,
            _ => true,
        };

    private static bool IsPlain(string text) => text.Length is > 0 and <= 64
        && text.All(letter => letter == '_' || char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter));
}
