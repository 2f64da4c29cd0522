using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Decisions;

/// <summary>A provider's answer in the words of histories, logs and metrics.</summary>
public static class ProviderAnswerTexts
{
    /// <summary>The kind of answer; one of a fixed few, so that it can be a metric's label.</summary>
    public static string OutcomeOf(ProviderAnswer answer) => answer switch
    {
        ProviderAnswer.Pending => "pending",
        ProviderAnswer.Succeeded => "succeeded",
        ProviderAnswer.Canceled => "canceled",
        ProviderAnswer.WaitingForCapture => "waiting_for_capture",
        ProviderAnswer.UnknownStatus => "unknown_status",
        ProviderAnswer.NoAnswer noAnswer => WireNames.Of(noAnswer.Cause),
        ProviderAnswer.NotAsked => "not_asked",
        _ => "unknown",
    };

    /// <summary>The answer with what it carries, for people.</summary>
    public static string DetailOf(ProviderAnswer answer) => answer switch
    {
        ProviderAnswer.Canceled canceled => $"canceled {canceled.Reason}",
        ProviderAnswer.UnknownStatus unknown => $"unknown_status {unknown.Status}",
        _ => OutcomeOf(answer),
    };
}
