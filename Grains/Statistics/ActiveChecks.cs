using CoffeePayment.Ports;
using CoffeePayment.Statistics;

namespace CoffeePayment.Grains.Statistics;

/// <summary>
/// The checks under way in this silo: all of them counted, and as many as there are places for by name. Lock-free; a
/// check costs two interlocked additions, one exchange and an object.
/// </summary>
public sealed class ActiveChecks
{
    /// <summary>
    /// Places for checks by name, a power of two. A check that finds none is only counted; those that take long keep
    /// theirs, so what hangs is seen.
    /// </summary>
    public const int PlacesMax = 256;

    /// <summary>How many places a check looks at before it goes without.</summary>
    private const int Tries = 4;

    private readonly ActiveCheck?[] _places = new ActiveCheck?[PlacesMax];
    private long _begun;
    private long _ended;

    /// <summary>How many there are.</summary>
    public long Count => Math.Max(0, Interlocked.Read(ref _begun) - Interlocked.Read(ref _ended));

    /// <summary>A check begins; it ends when the returned place is given back.</summary>
    public Place Begin(PaymentInquiry inquiry, DateTimeOffset startedAt)
    {
        var number = Interlocked.Increment(ref _begun);
        var check = new ActiveCheck(inquiry.OrderId, inquiry.MerchantId, startedAt);
        for (var i = 0; i < Tries; i++)
        {
            var place = (int)((number + i) % PlacesMax);
            if (Interlocked.CompareExchange(ref _places[place], check, null) is null) return new Place(this, place);
        }

        return new Place(this, place: -1);
    }

    /// <summary>Those known by name that have been under way longest, longest first.</summary>
    /// <param name="limit">At most so many.</param>
    public ActiveCheck[] Longest(int limit) => Count == 0 ? [] :
    [
        .. _places.Select((_, place) => Volatile.Read(ref _places[place]))
            .OfType<ActiveCheck>()
            .OrderBy(check => check.StartedAt)
            .ThenBy(check => check.OrderId, StringComparer.Ordinal)
            .Take(limit),
    ];

    private void End(int place)
    {
        if (place >= 0) Volatile.Write(ref _places[place], null);
        Interlocked.Increment(ref _ended);
    }

    /// <summary>What a check under way holds, until it is disposed of: once.</summary>
    public readonly struct Place : IDisposable
    {
        private readonly ActiveChecks _checks;
        private readonly int _place;

        internal Place(ActiveChecks checks, int place) => (_checks, _place) = (checks, place);

        public void Dispose() => _checks.End(_place);
    }
}
