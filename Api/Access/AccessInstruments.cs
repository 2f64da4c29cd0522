using System.Diagnostics.Metrics;

namespace CoffeePayment.Api.Access;

/// <summary>Counts who was let in and who was not. Callers are the names in API_KEYS, so there are few.</summary>
internal sealed class AccessInstruments
{
    private readonly Counter<long> _requests;

    public AccessInstruments(IMeterFactory meters)
    {
        _requests = meters.Create("CoffeePayment.Api").CreateCounter<long>(
            "coffee.api.access", "{request}", "Requests by their key's name and what became of them.");
    }

    public void Count(Caller caller, AccessOutcome outcome) =>
        _requests.Add(1, new("caller", caller.Name), new("outcome", WireNames.Of(outcome)));
}

/// <summary>What became of a request at the door.</summary>
internal enum AccessOutcome
{
    /// <summary>It was let in.</summary>
    LetIn,

    /// <summary>It needs a key and has none.</summary>
    NoKey,

    /// <summary>It has a key that nobody has.</summary>
    WrongKey,

    /// <summary>There were too many from there.</summary>
    Limited,

    /// <summary>It came from another site's page, or asked for another host.</summary>
    Foreign,
}
