using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;

namespace CoffeePayment.Tests.Decisions.Table;

/// <summary>
/// What the table expects of a decision, or what came of it; everything in it is compared. It prints as one line, so
/// that a row that fails shows both.
/// </summary>
public sealed record Then
{
    public required DecisionKind Kind { get; init; }

    public required OrderStatus Status { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public Track? Track { get; init; }

    public int Checks { get; init; } = Given.Checks;

    public int Unanswered { get; init; }

    public DateTimeOffset? GivenUpAt { get; init; }

    public int LateChecks { get; init; }

    public bool IsResolved { get; init; }

    public MakeProgress? Make { get; init; }

    public string Effects { get; init; } = "";

    /// <summary>Still pending, and checked again.</summary>
    public static Then Waits(decimal due, Track track, int checks, int unanswered = 0) => new()
    {
        Kind = DecisionKind.Applied,
        Status = OrderStatus.Pending,
        DueAt = Moment.At(due),
        Track = track,
        Checks = checks,
        Unanswered = unanswered,
    };

    /// <summary>Given up, and looked at again later; never if <paramref name="due"/> is null.</summary>
    public static Then IsLate(
        OrderStatus status,
        string reason,
        decimal givenUpAt,
        decimal? due,
        int checks,
        int lateChecks = 0,
        int unanswered = 0) => new()
        {
            Kind = DecisionKind.Applied,
            Status = status,
            Reason = reason,
            DueAt = due is { } seconds ? Moment.At(seconds) : null,
            Track = due is null ? null : CoffeePayment.Orders.Track.Late,
            GivenUpAt = Moment.At(givenUpAt),
            Checks = checks,
            LateChecks = lateChecks,
            Unanswered = unanswered,
        };

    /// <summary>Nothing is left that the service does by itself.</summary>
    public static Then Ends(OrderStatus status, string? reason = null, int checks = Given.Checks) => new()
    {
        Kind = DecisionKind.Applied,
        Status = status,
        Reason = reason,
        Checks = checks,
    };

    /// <summary>Paid, and the make command leaves.</summary>
    public static Then Sends(
        decimal at, int attempts = 1, int checks = Given.Checks, bool mayHaveMade = false) =>
        Paid(at, new MakeProgress
        {
            SentAt = Moment.At(at),
            Attempts = attempts,
            IsInFlight = true,
            MayHaveMade = mayHaveMade,
        }) with
        {
            Checks = checks,
            Effects = "SendMake order-1 to machine-1: 7, Medium, 15000 RUB",
        };

    /// <summary>Paid, and the make command leaves again later.</summary>
    public static Then Retries(decimal due, decimal sentAt, int attempts, bool mayHaveMade = false) =>
        Paid(due, new MakeProgress
        {
            SentAt = Moment.At(sentAt),
            Attempts = attempts,
            IsInFlight = false,
            MayHaveMade = mayHaveMade,
        });

    /// <summary>The machine has had its say; the make command leaves no more.</summary>
    public static Then Landed(
        OrderStatus status, string? reason, decimal sentAt, int attempts = 1, bool mayHaveMade = false) =>
        Ends(status, reason) with
        {
            Make = new MakeProgress
            {
                SentAt = Moment.At(sentAt),
                Attempts = attempts,
                IsInFlight = false,
                MayHaveMade = mayHaveMade,
            },
        };

    /// <summary>The order as it was.</summary>
    public static Then Unchanged(DecisionKind kind, PaymentOrder order) =>
        Of(Decision.Ignored(order)) with { Kind = kind };

    /// <summary>The same, with a warning of the status that nobody knows.</summary>
    public Then Warns() => this with { Effects = "WarnUnknownStatus dancing" };

    public static Then Of(Decision decision) => new()
    {
        Kind = decision.Kind,
        Status = decision.Order.Status,
        Reason = decision.Order.StatusReason,
        DueAt = decision.Order.DueAt,
        Track = decision.Order.Track,
        Checks = decision.Order.CheckAttempts,
        Unanswered = decision.Order.UnansweredAttempts,
        GivenUpAt = decision.Order.GivenUpAt,
        LateChecks = decision.Order.LateChecks,
        IsResolved = decision.Order.IsResolved,
        Make = decision.Order.Make,
        Effects = string.Join("; ", decision.Effects.Select(Show)),
    };

    public override string ToString() =>
        $"{Kind}: {Status} ({Reason ?? "no reason"}), due {Moment.Show(DueAt)}, track {Track?.ToString() ?? "none"}, "
        + $"checks {Checks}, unanswered {Unanswered}, given up {Moment.Show(GivenUpAt)}, late checks {LateChecks}, "
        + $"resolved {IsResolved}, make {Show(Make)}, effects [{Effects}]";

    private static Then Paid(decimal due, MakeProgress make) => new()
    {
        Kind = DecisionKind.Applied,
        Status = OrderStatus.Paid,
        DueAt = Moment.At(due),
        Make = make,
    };

    private static string Show(MakeProgress? make) => make is null
        ? "none"
        : $"{make.Attempts} at {Moment.Show(make.SentAt)} in flight {make.IsInFlight} may have made {make.MayHaveMade}";

    private static string Show(OrderEffect effect) => effect switch
    {
        OrderEffect.SendMake { Command: var make } =>
            $"SendMake {make.CommandId} to {make.DeviceUuid}: {make.DrinkNumber}, {make.Size}, {make.Price}",
        OrderEffect.WarnUnknownStatus warning => $"WarnUnknownStatus {warning.Status}",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "The table does not know this effect."),
    };
}
