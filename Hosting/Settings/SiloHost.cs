using System.Net;

namespace CoffeePayment.Hosting.Settings;

/// <summary>Where a silo listens.</summary>
/// <param name="Address">The address; null for the first one that this machine's host name stands for.</param>
public sealed record SiloHost(IPAddress? Address)
{
    /// <summary>Whether only programs on this machine can reach it.</summary>
    public bool IsLoopback => Address is not null && IPAddress.IsLoopback(Address);
}
