namespace CoffeePayment.Tests.Engine;

internal static class StorageNames
{
    public const string First = "first";

    /// <summary>
    /// Another storage of our own: Orleans' memory storages share what they hold, whatever their names.
    /// </summary>
    public const string Second = "second";

    /// <summary>A storage of our own, added by <c>AddGrainStorage</c>.</summary>
    public const string Recording = "recording";

    /// <summary>The same storage, added as a keyed service.</summary>
    public const string Keyed = "keyed";

    /// <summary>A storage that nobody added.</summary>
    public const string Missing = "missing";
}
