using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;

namespace CoffeePayment.Tests.Decisions.Table;

/// <summary>An event of the decision table and the time at which it is decided on.</summary>
public sealed record When(OrderEvent Event, DateTimeOffset Now)
{
    public static readonly ProviderAnswer Pending = new ProviderAnswer.Pending();

    public static readonly ProviderAnswer Succeeded = new ProviderAnswer.Succeeded(Given.Price);

    public static readonly ProviderAnswer OtherAmount =
        new ProviderAnswer.Succeeded(Given.Price with { MinorUnits = 14_999 });

    public static readonly ProviderAnswer OtherCurrency =
        new ProviderAnswer.Succeeded(Given.Price with { Currency = "USD" });

    public static readonly ProviderAnswer Canceled = new ProviderAnswer.Canceled("insufficient_funds");

    public static readonly ProviderAnswer WaitingForCapture = new ProviderAnswer.WaitingForCapture();

    public static readonly ProviderAnswer UnknownStatus = new ProviderAnswer.UnknownStatus("dancing");

    public static readonly MakeAnswer Accepted = new MakeAnswer.Accepted();

    public static readonly MakeAnswer Refused = new MakeAnswer.Refused("connection_refused");

    public static readonly MakeAnswer Unknown = new MakeAnswer.Unknown("timeout");

    public static ProviderAnswer NoAnswer(
        decimal? retryAfter = null, NoAnswerCause cause = NoAnswerCause.ServerError) =>
        new ProviderAnswer.NoAnswer(cause, retryAfter is { } seconds ? Seconds(seconds) : null);

    public static ProviderAnswer NotAsked(decimal retryAfter) => new ProviderAnswer.NotAsked(Seconds(retryAfter));

    /// <summary>A check that started at one time and was answered at another.</summary>
    public static When Check(ProviderAnswer answer, decimal from, decimal to) =>
        new(new OrderEvent.CheckAnswered(answer, Moment.At(from)), Moment.At(to));

    /// <summary>A check that was answered as soon as it started.</summary>
    public static When Check(ProviderAnswer answer, decimal at) => Check(answer, at, at);

    public static When MakeDue(decimal at) => new(new OrderEvent.MakeDue(), Moment.At(at));

    public static When Make(MakeAnswer answer, decimal at) => new(new OrderEvent.MakeAnswered(answer), Moment.At(at));

    public static When MakeInterrupted(decimal at) => new(new OrderEvent.MakeInterrupted(), Moment.At(at));

    public static When Resolved(ResolutionOutcome outcome, decimal at) =>
        new(new OrderEvent.Resolved(new Resolution(outcome, "a note")), Moment.At(at));

    private static TimeSpan Seconds(decimal seconds) => TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
}
