using CoffeePayment.Silo.CommandLine;

namespace CoffeePayment.Silo.Import;

/// <summary>
/// Reads a file of orders and registers them, as many at a time as is allowed; holds no more of it than those.
/// </summary>
internal sealed class ImportRun(
    IOrderSource source, CandidateReader reader, Registrar? registrar, RefusalReport? report, int concurrency)
{
    /// <summary>How it goes.</summary>
    public ImportTally Tally { get; } = new();

    /// <summary>Why it stopped before the end of the file; null if it did not.</summary>
    public CommandFailure? Stopped { get; private set; }

    /// <summary>Runs to the end of the file, or until nothing more can be done.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = stop };
        try
        {
            await Parallel.ForEachAsync(Candidates(), options, RegisterAsync);
        }
        catch (CommandFailure failure)
        {
            Stopped = failure;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Stopped = new CommandFailure(ExitCodes.Interrupted, "Interrupted.");
        }
    }

    private IEnumerable<Candidate> Candidates()
    {
        foreach (var record in source.Read())
        {
            Tally.CountRead();
            var (candidate, refusal) = reader.Read(record);
            if (refusal is not null) Refuse(refusal);
            if (candidate is not null) yield return candidate;
        }
    }

    private async ValueTask RegisterAsync(Candidate candidate, CancellationToken stop)
    {
        if (registrar is null)
        {
            Tally.CountValid();
            return;
        }

        var (isNew, refusal) = await registrar.RegisterAsync(candidate, stop);
        if (refusal is null) Tally.CountSent(isNew);
        else Refuse(refusal);
    }

    private void Refuse(Refusal refusal)
    {
        Tally.Add(refusal);
        report?.Add(refusal);
    }
}
