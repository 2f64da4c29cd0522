using CoffeePayment.Statistics;

namespace CoffeePayment.Ports;

/// <summary>How the payment provider has been doing, seen from this process.</summary>
public interface IProviderHealth
{
    /// <summary>One entry for each merchant that has been asked for since the start.</summary>
    IReadOnlyList<ProviderHealth> Snapshot();
}
