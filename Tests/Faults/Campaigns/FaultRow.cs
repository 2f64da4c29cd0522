namespace CoffeePayment.Tests.Faults.Campaigns;

/// <summary>What a campaign came to: a row of the table.</summary>
internal sealed record FaultRow
{
    /// <summary>What went wrong.</summary>
    public required string Fault { get; init; }

    /// <summary>How often.</summary>
    public required int Times { get; init; }

    /// <summary>Orders, or requests, that were acknowledged.</summary>
    public required int Acknowledged { get; init; }

    /// <summary>How many of these ended as if nothing had gone wrong; the others did otherwise by the rules.</summary>
    public required int AsScripted { get; init; }

    /// <summary>
    /// Whether hardly any did: what the rules allow while a fault is there must not be all that there is. Of faults that
    /// make the provider fail for most of the time a third do.
    /// </summary>
    public bool IsHardlyScripted => AsScripted * 5 < Acknowledged;

    /// <summary>Those that are where the rules do not leave them.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>Orders whose machine got a command after one that it may have carried out.</summary>
    public IReadOnlyList<string> SecondCommands { get; init; } = [];

    /// <summary>Processes that ended by themselves, and what nobody caught in those that did not.</summary>
    public IReadOnlyList<string> Crashes { get; init; } = [];

    /// <summary>Answers of the API that it must not give.</summary>
    public IReadOnlyList<string> WrongAnswers { get; init; } = [];

    /// <summary>What the health endpoints said that was not so.</summary>
    public IReadOnlyList<string> Lies { get; init; } = [];

    /// <summary>What explains the rest: lines of the logs.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How many calls were answered with 503 and when to come again.</summary>
    public int Unavailable { get; init; }

    /// <summary>The longest time in which no call was answered with 2xx.</summary>
    public TimeSpan LongestSilence { get; init; }

    /// <summary>The most memory that a process has had resident. MiB.</summary>
    public long PeakMemoryMiB { get; init; }

    /// <summary>Everything that must not have been, in sentences.</summary>
    public IEnumerable<string> Failures =>
    [
        .. Lost.Select(what => $"{Fault}: lost: {what}"),
        .. IsHardlyScripted ? [$"{Fault}: as scripted: only {AsScripted} of {Acknowledged}"] : (string[])[],
        .. SecondCommands.Select(order => $"{Fault}: second command: {order}"),
        .. Crashes.Select(what => $"{Fault}: crash: {what}"),
        .. WrongAnswers.Select(what => $"{Fault}: wrong answer: {what}"),
        .. Lies.Select(what => $"{Fault}: health: {what}"),
        .. Remarks.Select(what => $"{Fault}: log: {what}"),
    ];

    /// <summary>Of the same fault, two campaigns as one.</summary>
    public static FaultRow operator +(FaultRow one, FaultRow other) => new()
    {
        Fault = one.Fault,
        Times = one.Times + other.Times,
        Acknowledged = one.Acknowledged + other.Acknowledged,
        AsScripted = one.AsScripted + other.AsScripted,
        Lost = [.. one.Lost, .. other.Lost],
        SecondCommands = [.. one.SecondCommands, .. other.SecondCommands],
        Crashes = [.. one.Crashes, .. other.Crashes],
        WrongAnswers = [.. one.WrongAnswers, .. other.WrongAnswers],
        Lies = [.. one.Lies, .. other.Lies],
        Remarks = [.. one.Remarks, .. other.Remarks],
        Unavailable = one.Unavailable + other.Unavailable,
        LongestSilence = one.LongestSilence > other.LongestSilence ? one.LongestSilence : other.LongestSilence,
        PeakMemoryMiB = Math.Max(one.PeakMemoryMiB, other.PeakMemoryMiB),
    };
}
