using System.Text;
using System.Text.Json;
using CoffeePayment.Orders;
using CoffeePayment.Silo.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Storage;

/// <summary>What is stored of an order. Stored orders outlive builds, so the text itself is pinned.</summary>
public sealed class JsonGrainStateSerializerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly JsonGrainStateSerializer _serializer = new(OrderJsonContext.Default);

    private static PaymentOrder PendingOrder => new()
    {
        Registration = new OrderRegistration
        {
            Id = "20250317110122659ba6d7-9ace-cndn",
            MerchantId = "default",
            PaymentScenario = PaymentScenario.YookassaReceipt,
            PaymentReferenceId = "2d9ea2f1-000f-5000-8000-1b0ee4e3a1f5",
            DeviceUuid = "0190fd3e-6a8b-7c55-a1de-4f1c8f6c2a10",
            DrinkNumber = "7",
            DrinkName = "Капучино",
            Size = DrinkSize.Medium,
            Price = new Money(15000, "RUB"),
            PaymentStartedAt = Noon,
            ExpiresAt = Noon.AddMinutes(15),
        },
        StatusChangedAt = Noon,
        CheckAttempts = 3,
        LastCheckAt = Noon.AddTicks(152_345_678),
        DueAt = Noon.AddSeconds(20),
        Revision = 4,
        History =
        [
            new HistoryEntry { At = Noon, Kind = HistoryKind.Registered, Status = OrderStatus.Pending },
        ],
    };

    [Fact]
    public void Serialize_PendingOrder_IsPlainAndCompact()
    {
        var json = Encoding.UTF8.GetString(_serializer.Serialize(PendingOrder));

        Assert.Equal(
            """
            {"registration":{"id":"20250317110122659ba6d7-9ace-cndn","merchant_id":"default","payment_scenario":
            "yookassa_receipt","payment_reference_id":"2d9ea2f1-000f-5000-8000-1b0ee4e3a1f5","device_uuid":
            "0190fd3e-6a8b-7c55-a1de-4f1c8f6c2a10","drink_number":"7","drink_name":"Капучино","size":"medium","price":
            {"minor_units":15000,"currency":"RUB"},"payment_started_at":"2026-03-01T12:00:00+00:00","expires_at":
            "2026-03-01T12:15:00+00:00"},"status":"pending","status_changed_at":"2026-03-01T12:00:00+00:00",
            "check_attempts":3,"unanswered_attempts":0,"last_check_at":"2026-03-01T12:00:15.2345678+00:00","due_at":
            "2026-03-01T12:00:20+00:00","late_checks":0,"is_resolved":false,"revision":4,"history":[{"at":
            "2026-03-01T12:00:00+00:00","kind":"registered","status":"pending","count":1}]}
            """.ReplaceLineEndings(""),
            json);
    }

    [Fact]
    public void Deserialize_AnyOrder_GivesItBack() =>
        Prop.ForAll(Orders().ToArbitrary(), order =>
        {
            var read = _serializer.Deserialize<PaymentOrder>(_serializer.Serialize(order));

            Assert.Equal(order.History, read.History);
            Assert.Equal(order with { History = [] }, read with { History = [] });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Deserialize_HistoryFromBeforeItSaidWho_IsReadAndWrittenAsItIs()
    {
        const string Stored =
            """
            {"registration":{"id":"order-1","merchant_id":"default","payment_scenario":"yookassa","payment_reference_id":
            "payment-1","device_uuid":"machine-1","drink_number":"7","size":"medium","price":{"minor_units":15000,
            "currency":"RUB"},"payment_started_at":"2026-03-01T12:00:00+00:00","expires_at":"2026-03-01T12:15:00+00:00"},
            "status":"refunded","status_changed_at":"2026-03-01T12:20:00+00:00","check_attempts":3,"unanswered_attempts":0,
            "late_checks":0,"is_resolved":true,"revision":9,"history":[{"at":"2026-03-01T12:00:00+00:00","kind":
            "registered","status":"pending","count":1},{"at":"2026-03-01T12:20:00+00:00","kind":"resolved","status":
            "refunded","detail":"refunded","note":"receipt 17","count":1}]}
            """;
        var stored = Stored.ReplaceLineEndings("");

        var order = _serializer.Deserialize<PaymentOrder>(Encoding.UTF8.GetBytes(stored));

        Assert.Equal(("receipt 17", null), (order.History[^1].Note, order.History[^1].By));
        Assert.Equal(stored, Encoding.UTF8.GetString(_serializer.Serialize(order)));
    }

    [Fact]
    public void Deserialize_PropertyThatNobodyKnows_IsPassedOver()
    {
        var json = Encoding.UTF8.GetString(_serializer.Serialize(PendingOrder));
        var newer = Encoding.UTF8.GetBytes(json.Insert(1, "\"added_later\":{\"a\":[1]},"));

        Assert.Equal(PendingOrder.Id, _serializer.Deserialize<PaymentOrder>(newer).Id);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"status\":\"no_such_status\"}")]
    [InlineData("{\"status\":0}")]
    [InlineData("not json")]
    public void Deserialize_NotAnOrder_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => _serializer.Deserialize<PaymentOrder>(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Serialize_TypeOutsideTheContext_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => _serializer.Serialize(new CupState()));

    private static Gen<PaymentOrder> Orders() =>
        from registration in Registrations()
        from status in Any<OrderStatus>()
        from reason in Optional(Texts())
        from changedAt in Times()
        from numbers in Gen.Choose(0, 1_000_000).Four()
        from lastCheckAt in OptionalTimes()
        from dueAt in OptionalTimes()
        from make in Makes()
        from givenUpAt in OptionalTimes()
        from text in Optional(Texts())
        from isResolved in Gen.Elements(true, false)
        from history in Entries().ListOf()
        select new PaymentOrder
        {
            Registration = registration,
            Status = status,
            StatusReason = reason,
            StatusChangedAt = changedAt,
            CheckAttempts = numbers.Item1,
            UnansweredAttempts = numbers.Item2,
            LastCheckAt = lastCheckAt,
            DueAt = dueAt,
            Make = make,
            GivenUpAt = givenUpAt,
            LateChecks = numbers.Item3,
            FailedPresentationDesc = text,
            IsResolved = isResolved,
            Revision = numbers.Item4,
            History = [.. history],
        };

    private static Gen<OrderRegistration> Registrations() =>
        from texts in Texts().ArrayOf(6)
        from drinkName in Optional(Texts())
        from scenario in Any<PaymentScenario>()
        from size in Any<DrinkSize>()
        from price in ArbMap.Default.GeneratorFor<long>()
        from startedAt in OptionalTimes()
        from expiresAt in OptionalTimes()
        select new OrderRegistration
        {
            Id = texts[0],
            MerchantId = texts[1],
            PaymentScenario = scenario,
            PaymentReferenceId = texts[2],
            DeviceUuid = texts[3],
            DrinkNumber = texts[4],
            DrinkName = drinkName,
            Size = size,
            Price = new Money(price, texts[5]),
            PaymentStartedAt = startedAt,
            ExpiresAt = expiresAt,
        };

    private static Gen<MakeProgress?> Makes() => Optional(
        from attempts in Gen.Choose(1, 3)
        from sentAt in Times()
        from isInFlight in Gen.Elements(true, false)
        select new MakeProgress { Attempts = attempts, SentAt = sentAt, IsInFlight = isInFlight });

    private static Gen<HistoryEntry> Entries() =>
        from at in Times()
        from kind in Any<HistoryKind>()
        from status in Any<OrderStatus>()
        from detail in Optional(Texts())
        from note in Optional(Texts())
        from person in Optional(Texts())
        from count in Gen.Choose(1, 1000)
        from lastAt in OptionalTimes()
        select new HistoryEntry
        {
            At = at,
            Kind = kind,
            Status = status,
            Detail = detail,
            Note = note,
            By = person,
            Count = count,
            LastAt = lastAt,
        };

    private static Gen<T> Any<T>()
        where T : struct, Enum => Gen.Elements(Enum.GetValues<T>());

    private static Gen<string> Texts() => Gen.Elements("", "a", "Раф\n\"с\" ☕", "<b>&'</b>", "\u0000\u2028", "😀 \\ /");

    private static Gen<DateTimeOffset> Times() =>
        from seconds in Gen.Choose(0, int.MaxValue)
        from ticks in Gen.Choose(0, 9_999_999)
        select DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(ticks);

    private static Gen<DateTimeOffset?> OptionalTimes() =>
        Gen.OneOf(Times().Select(time => (DateTimeOffset?)time), Gen.Constant((DateTimeOffset?)null));

    private static Gen<T?> Optional<T>(Gen<T> some)
        where T : class => Gen.OneOf(some.Select(value => (T?)value), Gen.Constant((T?)null));
}
