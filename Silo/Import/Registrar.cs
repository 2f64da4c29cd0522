using CoffeePayment.Silo.Client;
using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Silo.Import;

/// <summary>Registers orders. Sending one again is safe, so whatever got lost is sent again.</summary>
internal sealed class Registrar(ServiceConnection service, SharedPause pause)
{
    /// <summary>How often one order is sent before the import stops: with the pauses some two minutes.</summary>
    public const int TriesMax = 10;

    private const string Path = "v1/orders";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Registers one order.</summary>
    /// <returns>Whether it is new, or why it was refused; neither if it was there already.</returns>
    /// <exception cref="CommandFailure">
    /// The service is out of reach, or lets nobody in: no other order would fare better.
    /// </exception>
    public async Task<(bool IsNew, Refusal? Refusal)> RegisterAsync(Candidate candidate, CancellationToken stop)
    {
        for (var tried = 1; ; tried++)
        {
            await pause.WaitAsync(stop);
            ServiceAnswer? answer = null;
            try
            {
                answer = await service.PostAsync(Path, candidate.Json, stop);
                if (!IsPassing(answer)) return Conclude(candidate, answer);
                if (tried == TriesMax) answer.ThrowUnlessSuccess();
            }
            catch (CommandFailure failure) when (failure.ExitCode == ExitCodes.Unreachable && tried < TriesMax)
            {
                // Whether it was registered is not known; the next try finds out.
            }

            pause.Pause(PauseAfter(tried, answer?.RetryAfter));
        }
    }

    private static bool IsPassing(ServiceAnswer answer) => answer.Status
        is StatusCodes.Status408RequestTimeout
        or StatusCodes.Status429TooManyRequests
        or StatusCodes.Status502BadGateway
        or StatusCodes.Status503ServiceUnavailable
        or StatusCodes.Status504GatewayTimeout;

    private static (bool IsNew, Refusal? Refusal) Conclude(Candidate candidate, ServiceAnswer answer)
    {
        if (answer.IsSuccess) return (answer.Status == StatusCodes.Status201Created, null);

        // Of those that are refused for what they are, others may be accepted.
        if (answer.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden
            || answer.Problem is null)
        {
            answer.ThrowUnlessSuccess();
        }

        return (false, new Refusal(candidate.Line, candidate.OrderId, FaultsOf(answer), candidate.Fields));
    }

    private static IReadOnlyList<(string Field, string Why)> FaultsOf(ServiceAnswer answer) => answer.Problem switch
    {
        { Errors: { Count: > 0 } errors } =>
            [.. errors.SelectMany(error => error.Value.Select(message => (error.Key, message)))],
        { DifferingFields: { Count: > 0 } differing } =>
            [.. differing.Select(field => (field, "differs from the order that is registered under this id"))],
        { OtherOrderId: { } other } => [("payment_reference_id", $"pays order {other} already")],
        _ => [("", answer.Line)],
    };

    private static TimeSpan PauseAfter(int tried, TimeSpan? wanted)
    {
        var backoff = FirstPause * Math.Pow(2, tried - 1);
        var pause = wanted > backoff ? wanted.Value : backoff;
        return pause < LongestPause ? pause : LongestPause;
    }
}
