using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using CoffeePayment.Engine.Identity;

namespace Orleans.Runtime;

/// <summary>One life of one silo: where it listens, and when it started (its generation).</summary>
public sealed class SiloAddress : IEquatable<SiloAddress>, IComparable<SiloAddress>
{
    // Generations count seconds from here, as Orleans does, so that they fit 32 bits.
    private static readonly DateTime Epoch = new(2022, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private int _hashCode;

    private SiloAddress(IPEndPoint endpoint, int generation)
    {
        Endpoint = endpoint;
        Generation = generation;
    }

    public static SiloAddress Zero { get; } = new(new IPEndPoint(IPAddress.Any, 0), 0);

    public IPEndPoint Endpoint { get; }

    public int Generation { get; }

    public bool IsClient => Generation < 0;

    public static SiloAddress New(IPEndPoint ep, int gen) => new(ep, gen);

    public static SiloAddress New(IPAddress address, int port, int generation) =>
        new(new IPEndPoint(address, port), generation);

    public static int AllocateNewGeneration() => GenerationAt(DateTime.UtcNow);

    internal static int GenerationAt(DateTime utcNow) => (int)(utcNow - Epoch).TotalSeconds;

    /// <summary>Reads what <see cref="ToParsableString"/> wrote.</summary>
    public static SiloAddress FromParsableString(string addr) =>
        addr.LastIndexOf('@') is var at and > 0 && IPEndPoint.TryParse(addr.AsSpan(0, at), out var endpoint)
            && int.TryParse(
                addr.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var generation)
            ? new SiloAddress(endpoint, generation)
            : throw new FormatException($"\"{addr}\" is not a silo address; it has the form address:port@generation.");

    /// <summary><c>address:port@generation</c></summary>
    public string ToParsableString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint}@{Generation}");

    public bool Equals([NotNullWhen(true)] SiloAddress? other) =>
        other is not null && Generation == other.Generation && Endpoint.Equals(other.Endpoint);

    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as SiloAddress);

    // The same in every process, so that what is kept by silo is walked in the same order in every run of a simulation.
    public override int GetHashCode() =>
        _hashCode is 0 ? _hashCode = (int)StableHash.Compute(Encoding.UTF8.GetBytes(ToParsableString())) : _hashCode;

    public int CompareTo(SiloAddress? other) =>
        other is null ? 1 : string.CompareOrdinal(ToParsableString(), other.ToParsableString());

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"S{Endpoint}:{Generation}");
}
