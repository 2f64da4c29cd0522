using CoffeePayment.Grains.Decisions;
using CoffeePayment.Orders;
using CoffeePayment.Ports;
using FsCheck;
using FsCheck.Fluent;

namespace CoffeePayment.Tests.Decisions.Properties;

/// <summary>Every event there is, those that happen most most often.</summary>
public static class Events
{
    public static Gen<OrderEvent> Generator(Money price) => Gen.Frequency(
        (12, Answers(price).Select(answer => (OrderEvent)new OrderEvent.CheckAnswered(answer, default))),
        (2, Gen.Constant<OrderEvent>(new OrderEvent.MakeDue())),
        (4, MakeAnswers().Select(answer => (OrderEvent)new OrderEvent.MakeAnswered(answer))),
        (1, Gen.Constant<OrderEvent>(new OrderEvent.MakeInterrupted())),
        (1, Resolutions().Select(resolution => (OrderEvent)new OrderEvent.Resolved(resolution))));

    public static Gen<ProviderAnswer> Answers(Money price) => Gen.Frequency(
        (8, Gen.Constant<ProviderAnswer>(new ProviderAnswer.Pending())),
        (2, Gen.Constant<ProviderAnswer>(new ProviderAnswer.Succeeded(price))),
        (1, Gen.Elements<ProviderAnswer>(
            new ProviderAnswer.Succeeded(price with { MinorUnits = price.MinorUnits ^ 1 }),
            new ProviderAnswer.Succeeded(price with { Currency = "USD" }),
            new ProviderAnswer.Succeeded(default))),
        (1, Gen.Elements<ProviderAnswer>(
            new ProviderAnswer.Canceled("insufficient_funds"),
            new ProviderAnswer.Canceled("expired_on_confirmation"),
            new ProviderAnswer.Canceled("of_an_unheard_reason"))),
        (1, Gen.Constant<ProviderAnswer>(new ProviderAnswer.WaitingForCapture())),
        (1, Gen.Constant<ProviderAnswer>(new ProviderAnswer.UnknownStatus("dancing"))),
        (8, from cause in Gen.Elements(Enum.GetValues<NoAnswerCause>())
            from retryAfter in Gen.Frequency(
                (3, Gen.Constant<TimeSpan?>(null)),
                (1, Times.Any().Select(span => (TimeSpan?)span)))
            select (ProviderAnswer)new ProviderAnswer.NoAnswer(cause, retryAfter)),
        (2, from retryAfter in Gen.OneOf(Times.Short(), Times.Any())
            select (ProviderAnswer)new ProviderAnswer.NotAsked(retryAfter)));

    public static Gen<MakeAnswer> MakeAnswers() => Gen.Elements<MakeAnswer>(
        new MakeAnswer.Accepted(),
        new MakeAnswer.Refused("connection_refused"),
        new MakeAnswer.Refused("http_404"),
        new MakeAnswer.Unknown("timeout"));

    public static Gen<Resolution> Resolutions() =>
        from outcome in Gen.Elements(Enum.GetValues<ResolutionOutcome>())
        from note in Gen.Elements<string?>(null, "a note")
        select new Resolution(outcome, note);
}
