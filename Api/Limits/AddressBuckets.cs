using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CoffeePayment.Api.Limits;

/// <summary>
/// A bucket for each address that requests come from, and at most so many of them: from more addresses at once, those
/// that have none share one.
/// </summary>
/// <param name="perSecond">How many tokens each gets in a second.</param>
/// <param name="capacity">How many each holds.</param>
/// <param name="time">The clock.</param>
internal sealed class AddressBuckets(double perSecond, int capacity, TimeProvider time)
{
    /// <summary>About a megabyte of them.</summary>
    public const int AddressesMax = 10_000;

    // However many addresses come, looking for room costs little.
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    // What a provider hands out to one customer: who has one such address has them all.
    private const int Ipv6NetworkBytes = 8;

    private readonly ConcurrentDictionary<IPAddress, TokenBucket> _buckets = new();
    private readonly TokenBucket _shared = new(perSecond, capacity, time);
    private readonly Lock _sweeping = new();
    private long _sweptAt = time.GetTimestamp();
    private int _count;

    /// <summary>The address's bucket; that of unknown addresses is shared.</summary>
    public TokenBucket Of(IPAddress? address)
    {
        if (address is null) return _shared;

        var network = NetworkOf(address);
        if (_buckets.TryGetValue(network, out var bucket)) return bucket;
        if (Volatile.Read(ref _count) >= AddressesMax && !MakeRoom()) return _shared;

        bucket = new TokenBucket(perSecond, capacity, time);
        if (!_buckets.TryAdd(network, bucket)) return _buckets.GetValueOrDefault(network, _shared);

        Interlocked.Increment(ref _count);
        return bucket;
    }

    // A full bucket says nothing that a new one does not. Who comes while somebody sweeps does not wait.
    private bool MakeRoom()
    {
        if (!_sweeping.TryEnter()) return false;

        try
        {
            if (time.GetElapsedTime(_sweptAt) < SweepInterval) return false;

            _sweptAt = time.GetTimestamp();
            foreach (var (address, bucket) in _buckets)
                if (bucket.IsFull && _buckets.TryRemove(address, out _)) Interlocked.Decrement(ref _count);
            return Volatile.Read(ref _count) < AddressesMax;
        }
        finally
        {
            _sweeping.Exit();
        }
    }

    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[Ipv6NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }
}
