using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Decisions.Table;

/// <summary>
/// The states that the decision table starts from, put together by hand and not by the rules under test. Every order
/// was registered at 0 s with a price of 150.00 RUB, expires at 900 s, has been checked three times and was due at
/// whatever time the row says.
/// </summary>
public static class Given
{
    /// <summary>How often the orders of the table were checked before the event.</summary>
    public const int Checks = 3;

    public static readonly Money Price = new(15_000, "RUB");

    public static PaymentOrder Pending(decimal due, int unanswered = 0) =>
        Order(OrderStatus.Pending) with
        {
            DueAt = Moment.At(due),
            UnansweredAttempts = unanswered,
            Track = due <= 300 ? Track.Fast : Track.Slow,
        };

    /// <summary>Nobody paid until 900 s.</summary>
    public static PaymentOrder Expired(decimal? due, int lateChecks) =>
        Late(OrderStatus.NotPaid, StatusReasons.PaymentExpired, givenUpAt: 900, due, lateChecks);

    /// <summary>Ten checks in a row brought no answer; given up at 60 s.</summary>
    public static PaymentOrder Unreachable(decimal? due, int lateChecks) =>
        Late(OrderStatus.Failed, StatusReasons.ProviderUnreachable, givenUpAt: 60, due, lateChecks) with
        {
            UnansweredAttempts = 10,
        };

    /// <summary>The money was held and not taken; given up at 60 s.</summary>
    public static PaymentOrder HeldNotTaken(decimal? due, int lateChecks) =>
        Late(OrderStatus.Failed, StatusReasons.WaitingForCapture, givenUpAt: 60, due, lateChecks);

    /// <summary>The provider said that the payment will never succeed.</summary>
    public static PaymentOrder Canceled() => Order(OrderStatus.NotPaid) with { StatusReason = "insufficient_funds" };

    /// <summary>Given up, and canceled later: still failed, and nothing left to look for.</summary>
    public static PaymentOrder FailedThenCanceled() =>
        Order(OrderStatus.Failed) with { StatusReason = StatusReasons.ProviderUnreachable };

    public static PaymentOrder MakeInFlight(decimal sentAt, int attempts = 1, bool mayHaveMade = false) =>
        Order(OrderStatus.Paid) with
        {
            DueAt = Moment.At(sentAt),
            Make = Make(sentAt, attempts, isInFlight: true, mayHaveMade),
        };

    public static PaymentOrder MakeWaiting(decimal due, int attempts, bool mayHaveMade = false) =>
        Order(OrderStatus.Paid) with
        {
            DueAt = Moment.At(due),
            Make = Make(due - 2, attempts, isInFlight: false, mayHaveMade),
        };

    public static PaymentOrder MakePending() => Order(OrderStatus.MakePending) with { Make = Landed() };

    public static PaymentOrder Successful() =>
        Order(OrderStatus.Successful) with { Make = Landed(), IsResolved = true };

    public static PaymentOrder Refunded() => Order(OrderStatus.Refunded) with { IsResolved = true };

    public static PaymentOrder ManualMake(string reason) =>
        Order(OrderStatus.ManualMake) with
        {
            StatusReason = reason,
            Make = reason == StatusReasons.MakeUnknown ? Landed(mayHaveMade: true) : null,
        };

    public static PaymentOrder MakeFailed(string reason) =>
        Order(OrderStatus.MakeFailed) with { StatusReason = reason, Make = Landed() };

    public static PaymentOrder Dismissed(PaymentOrder order) => order with { IsResolved = true };

    private static PaymentOrder Late(
        OrderStatus status, string reason, decimal givenUpAt, decimal? due, int lateChecks) =>
        Order(status) with
        {
            StatusReason = reason,
            GivenUpAt = Moment.At(givenUpAt),
            DueAt = due is { } seconds ? Moment.At(seconds) : null,
            LateChecks = lateChecks,
            Track = due is null ? null : Track.Late,
        };

    private static MakeProgress Landed(bool mayHaveMade = false) =>
        Make(sentAt: 20, attempts: 1, isInFlight: false, mayHaveMade);

    private static MakeProgress Make(decimal sentAt, int attempts, bool isInFlight, bool mayHaveMade) =>
        new() { SentAt = Moment.At(sentAt), Attempts = attempts, IsInFlight = isInFlight, MayHaveMade = mayHaveMade };

    private static PaymentOrder Order(OrderStatus status) => new()
    {
        Registration = new OrderRegistration
        {
            Id = "order-1",
            MerchantId = "default",
            PaymentScenario = PaymentScenario.Yookassa,
            PaymentReferenceId = "payment-1",
            DeviceUuid = "machine-1",
            DrinkNumber = "7",
            Size = DrinkSize.Medium,
            Price = Price,
            PaymentStartedAt = Moment.At(0),
            ExpiresAt = Moment.At(900),
        },
        Status = status,
        StatusChangedAt = Moment.At(0),
        CheckAttempts = Checks,
        LastCheckAt = Moment.At(0),
        FailedPresentationDesc = status is OrderStatus.NotPaid or OrderStatus.Failed
            or OrderStatus.ManualMake or OrderStatus.MakeFailed
            ? "what went wrong"
            : null,
        Revision = 4,
        History = [new HistoryEntry { At = Moment.At(0), Kind = HistoryKind.Registered, Status = OrderStatus.Pending }],
    };
}
