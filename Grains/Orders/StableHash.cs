namespace CoffeePayment.Grains.Orders;

/// <summary>A hash that is the same in every process and build, in place of chance: FNV-1a, 64 bits.</summary>
public static class StableHash
{
    /// <summary>Where in <c>[0, 1)</c> the text falls.</summary>
    public static double Fraction(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash ^= character;
            hash *= 1099511628211UL;
        }

        // The low bits of FNV-1a of short, similar texts are the better mixed ones, so they are folded up.
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        hash ^= hash >> 33;
        return (hash >> 11) * (1.0 / (1UL << 53));
    }
}
