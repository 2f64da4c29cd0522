using CoffeePayment.Ports;

namespace CoffeePayment.Grains.Decisions;

/// <summary>What sending a make command came to, in the words of metrics and traces.</summary>
public static class MakeAnswerTexts
{
    private const string Accepted = "accepted";
    private const string Refused = "refused";
    private const string Unknown = "unknown";

    /// <summary>All outcomes.</summary>
    public static IReadOnlyList<string> Outcomes { get; } = [Accepted, Refused, Unknown];

    /// <summary>The kind of answer; one of <see cref="Outcomes"/>.</summary>
    public static string OutcomeOf(MakeAnswer answer) => answer switch
    {
        MakeAnswer.Accepted => Accepted,
        MakeAnswer.Refused => Refused,
        _ => Unknown,
    };
}
