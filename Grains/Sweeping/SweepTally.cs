namespace CoffeePayment.Grains.Sweeping;

/// <summary>What a sweep's restarts came to.</summary>
internal sealed class SweepTally
{
    public int Restarted { get; private set; }

    public int Repaired { get; private set; }

    public int Unreachable { get; private set; }

    /// <summary>Counts one restart; null is an order that could not be reached.</summary>
    public void Add(RestartOutcome? outcome)
    {
        switch (outcome)
        {
            case RestartOutcome.Restarted:
                Restarted++;
                break;
            case RestartOutcome.Done or RestartOutcome.NotDue or RestartOutcome.Unknown:
                Repaired++;
                break;
            case null:
                Unreachable++;
                break;
        }
    }
}
