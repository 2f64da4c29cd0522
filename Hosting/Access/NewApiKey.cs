using System.Buffers.Text;
using System.Security.Cryptography;

namespace CoffeePayment.Hosting.Access;

/// <summary>A key that has just been made, the only time that it is known.</summary>
/// <param name="Key">What its owner sends.</param>
/// <param name="Known">What the service keeps; its <see cref="ApiKey.Entry"/> goes into <c>API_KEYS</c>.</param>
public sealed record NewApiKey(string Key, ApiKey Known)
{
    // So that a key is known for one wherever it turns up.
    private const string Prefix = "coffee_";

    // Beyond guessing, which is why a plain hash of it will do.
    private const int RandomBytes = 32;

    /// <summary>Makes a key of 256 random bits.</summary>
    /// <exception cref="ArgumentException">The name is not one: <see cref="ApiKey.IsName"/>.</exception>
    public static NewApiKey Create(string name)
    {
        var key = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));
        return new NewApiKey(key, ApiKey.FromKey(name, key));
    }

    public override string ToString() => Known.Name;
}
