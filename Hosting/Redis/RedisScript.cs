using System.Security.Cryptography;
using System.Text;

namespace CoffeePayment.Hosting.Redis;

/// <summary>A script that Redis runs as one step, and the name that Redis gives it.</summary>
internal sealed class RedisScript(string text)
{
    public string Text => text;

#pragma warning disable CA5350 // The protocol names scripts by their SHA-1; nothing is kept secret by it.
    public byte[] Hash { get; } = SHA1.HashData(Encoding.UTF8.GetBytes(text));
#pragma warning restore CA5350
}
