using System.Collections.Concurrent;
using CoffeePayment.Orders;

namespace CoffeePayment.Grains.Orders;

/// <summary>
/// One instance of each text that many orders have in common: merchants, machines, drinks, currencies. Every message
/// and every stored state brings copies of its own, 160 bytes an order for as long as it is pending.
/// </summary>
public sealed class RepeatedTexts
{
    /// <summary>
    /// More than the machines and drinks of a shop. Clients make the texts up, so what comes after is left as it is.
    /// </summary>
    private const int TextsMax = 16_384;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The same registration, in shared texts where it does not identify the order.</summary>
    public OrderRegistration Share(OrderRegistration registration) => registration with
    {
        MerchantId = Share(registration.MerchantId),
        DeviceUuid = Share(registration.DeviceUuid),
        DrinkNumber = Share(registration.DrinkNumber),
        DrinkName = registration.DrinkName is { } name ? Share(name) : null,
        Price = registration.Price with { Currency = Share(registration.Price.Currency) },
    };

    private string Share(string text)
    {
        if (_texts.TryGetValue(text, out var known)) return known;
        if (Volatile.Read(ref _count) >= TextsMax) return text;

        if (_texts.TryAdd(text, text)) Interlocked.Increment(ref _count);
        return text;
    }
}
