using Orleans.Runtime;

namespace CoffeePayment.Engine.Messaging;

/// <summary>Who a side of a connection is, and what both sides must agree on.</summary>
/// <param name="Address">A silo's, or what a client made up (<see cref="SiloAddress.IsClient"/>).</param>
/// <param name="ClusterId">Must be the same on both sides.</param>
/// <param name="ServiceId">Must be the same on both sides.</param>
/// <param name="Fingerprint">
/// Of the contracts that cross grain calls. Must be the same on both sides; a client's may be empty, then it is not
/// compared.
/// </param>
internal sealed record NetworkIdentity(SiloAddress Address, string ClusterId, string ServiceId, string Fingerprint)
{
    /// <summary>What a gateway tells each client that connects. Default: nothing.</summary>
    public Func<ReadOnlyMemory<byte>> Manifest { get; init; } = static () => default;

    /// <summary>Why these two must not talk with each other; null if they may.</summary>
    public string? Disagreement(NetworkIdentity other) =>
        Difference("cluster", ClusterId, other.ClusterId, other)
            ?? Difference("service", ServiceId, other.ServiceId, other)
            ?? (IsFingerprintFree || other.IsFingerprintFree
                ? null
                : Difference("build with the contracts", Fingerprint, other.Fingerprint, other));

    private bool IsFingerprintFree => Address.IsClient && Fingerprint.Length == 0;

    private string? Difference(string what, string own, string others, NetworkIdentity other) =>
        string.Equals(own, others, StringComparison.Ordinal)
            ? null
            : $"{Address} is of {what} \"{own}\", {other.Address} of {what} \"{others}\"";
}

/// <summary>What a gateway told a client that connected.</summary>
/// <param name="Silo">The address by which silos know it.</param>
/// <param name="Manifest">What its silo tells clients.</param>
internal sealed record GatewayWelcome(SiloAddress Silo, ReadOnlyMemory<byte> Manifest);
